import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type ErrorCode, type ErrorDetails, FocalpointError } from '#protocol'
import type { HighWater } from './high-water.ts'

// What may meet damage is read by another process: LevelDB can abort the process that reads a damaged table.

/** What a child is asked for. */
export type Order =
  /** `tables` are not whole: no harm where a crash left them behind, damage where they belong to the store. */
  | {
      task: 'check'
      dir: string
      mark: HighWater | undefined
      tables: readonly string[]
      /** False where the mark vouches for all the rest: then only the marks of batches and the heads are looked at. */
      allRows?: boolean
    }
  /** Writes every row that is as it was written to `to`, a line each; `repair` lets LevelDB rebuild the folder before. */
  | { task: 'salvage'; dir: string; to: string; repair: boolean }

/** What it answers. */
export type Answer =
  | { what: string[] }
  | { error: { code: ErrorCode; message: string; details: ErrorDetails[ErrorCode] } }

/** 15 minutes: ten times what a million notices take to read. */
const longestMs = 900_000

/** What is wrong with the store; empty when it is sound. Throws what is no damage, such as `data-folder-in-use`. */
export async function checkInChild(
  order: Omit<Extract<Order, { task: 'check' }>, 'task'>,
): Promise<string[]> {
  return whatOf(await run({ task: 'check', ...order }))
}

/** Gives why not all was read; empty when it was. */
export async function salvageInChild(
  order: Omit<Extract<Order, { task: 'salvage' }>, 'task'>,
): Promise<string[]> {
  return whatOf(await run({ task: 'salvage', ...order }))
}

function whatOf(answer: Answer): string[] {
  if ('what' in answer) return answer.what
  const { code, message, details } = answer.error
  if (code === 'store-damaged') return [message]
  throw new FocalpointError(code, message, details)
}

async function run(order: Order): Promise<Answer> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const late = setTimeout(() => child.kill('SIGKILL'), longestMs)
  try {
    child.stdin.on('error', () => {})
    child.stdin.end(JSON.stringify(order))
    const said = (await child.stdout.setEncoding('utf8').toArray()).join('')
    return said === '' ? { what: ['it cannot be read to its end'] } : JSON.parse(said)
  } finally {
    clearTimeout(late)
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A program of this folder in a process of its own, which says a line of JSON at a time. */
export interface Child {
  /** Resolves when it is gone. */
  ended: Promise<void>
  /** `kill -9`. */
  kill: () => Promise<void>
}

/** Programs are started often: reading them anew would take longer than what they do. */
const compileCache = join(tmpdir(), 'focalpoint-compile-cache')

export function startChild<Said>(program: string, plan: object, onSaid: (said: Said) => void): Child {
  const child = spawn(process.execPath, [join(import.meta.dirname, program), JSON.stringify(plan)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  })
  createInterface({ input: child.stdout }).on('line', line => onSaid(JSON.parse(line)))
  const ended = once(child, 'close').then(() => {})
  return {
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

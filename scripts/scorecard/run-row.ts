import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Result, RowOptions, ScoreRow } from './row.ts'

/** What a child is asked. */
export interface Asked extends Omit<RowOptions, 'signal'> {
  name: string
}

/** What a child says. */
export type Answer =
  | ({ said: 'began' } & Pick<ScoreRow, 'title' | 'target' | 'limitSeconds'>)
  | { said: 'done'; results: Result[] }
  | { said: 'failed'; what: string }

/** What came of one row. */
export interface Outcome {
  name: string
  title: string
  results: Result[]
  /** Why it has no results, where it has none. */
  failed?: string
  seconds: number
}

/** Limits end what hangs; a machine that does other things as well may take so many times as long. */
const busyFactor = 2
/** Where a row says nothing of its own. */
const usualLimitSeconds = { full: 900, short: 60 }
/** Time to close what is open, after which the process is ended. */
const graceMs = 5_000

/** Runs one row in a child process and never throws: what goes wrong in there is its outcome. */
export async function runRow(asked: Asked, signal: AbortSignal): Promise<Outcome> {
  const started = performance.now()
  const child = fork(join(import.meta.dirname, 'child.ts'), [JSON.stringify(asked)], {
    // What a row prints is talk; stdout is for the table.
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
  })
  let heard: Answer | undefined
  let title = asked.name
  let why = ''
  let limit = timer(usualLimitSeconds)
  const stop = () => giveUp('the run was interrupted')
  signal.addEventListener('abort', stop)

  child.on('message', (answer: Answer) => {
    if (answer.said !== 'began') heard = answer
    else {
      title = answer.title
      clearTimeout(limit)
      limit = timer(answer.limitSeconds ?? usualLimitSeconds)
    }
  })
  const ended = await new Promise<string>(resolve => {
    child.on('error', error => resolve(error.message))
    child.on('exit', (code, killed) => resolve(killed ?? `exit status ${code}`))
  })
  clearTimeout(limit)
  signal.removeEventListener('abort', stop)

  const seconds = (performance.now() - started) / 1000
  const row = { name: asked.name, title, seconds }
  if (heard?.said === 'done' && why === '') return { ...row, results: heard.results.map(timed) }
  const failed = why || (heard?.said === 'failed' ? heard.what : `its process ended with ${ended}`)
  return { ...row, results: [], failed }

  function timed(result: Result): Result {
    return { seconds, ...result }
  }

  function timer(limits: { full: number; short: number }): NodeJS.Timeout {
    const most = busyFactor * (asked.short ? limits.short : limits.full)
    return setTimeout(() => giveUp(`it took more than ${most} s`), most * 1000)
  }

  function giveUp(reason: string): void {
    why ||= reason
    if (child.connected) child.send('over')
    setTimeout(() => child.kill('SIGKILL'), graceMs).unref()
  }
}

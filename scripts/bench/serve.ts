import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Serving } from './api-server.ts'

/** A process that serves, until it is let go: see api-server.ts for what it is asked. */
export async function serve(asked: readonly string[]): Promise<{ serving: Serving } & AsyncDisposable> {
  const child = fork(join(import.meta.dirname, 'api-server.ts'), [...asked], {
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`The process that serves ended with ${code}.`)
  })
  const [serving] = (await Promise.race([once(child, 'message'), died])) as [Serving]
  return {
    serving,
    [Symbol.asyncDispose]: async () => {
      const gone = died.catch(() => {})
      child.disconnect()
      await gone
    },
  }
}

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { getCompileCacheDir } from 'node:module'
import { join } from 'node:path'
import { type ErrorDetails, FocalpointError } from '#protocol'
import { isErrorCode } from '../exit.ts'
import type { FromHost, NodeToOpen, OpenedNode, ToHost } from './messages.ts'

/** With what remains of the two seconds, folders are removed. */
const killAfterMs = 1000

/** The processes of a demonstration. */
export interface Hosts extends AsyncDisposable {
  /** Nodes as given: the first lot to the first process. */
  open(trust: string, lots: readonly NodeToOpen[][]): Promise<OpenedNode[]>
  /** Tells every node of all others. */
  connect(addresses: Record<string, string[]>): Promise<void>
  /** The bytes of memory that each process has now. */
  measure(): Promise<number[]>
  /** Calls back when one ends that was not told to. */
  onEnded(tell: (pid: number | undefined, how: string) => void): void
}

/** Starts them at once, so that they load while other things are made ready. */
export function openHosts(count: number): Hosts {
  const children = Array.from({ length: count }, startHost)
  const all = <Kind extends FromHost['kind']>(messages: readonly ToHost[], kind: Kind) =>
    Promise.all(messages.map((message, at) => ask(childAt(children, at), message, kind)))
  let closing = false
  return {
    open: async (trust, lots) =>
      (
        await all(
          lots.map(nodes => ({ kind: 'open', trust, nodes })),
          'opened',
        )
      ).flatMap(({ nodes }) => nodes),
    connect: async addresses => {
      await all(
        children.map(() => ({ kind: 'connect', addresses })),
        'connected',
      )
    },
    measure: async () =>
      (
        await all(
          children.map(() => ({ kind: 'measure' })),
          'measured',
        )
      ).map(({ rssBytes }) => rssBytes),
    onEnded: tell => {
      for (const child of children) {
        child.on('exit', (code, signal) => {
          if (!closing) tell(child.pid, signal ?? `code ${code}`)
        })
      }
    },
    async [Symbol.asyncDispose]() {
      closing = true
      await Promise.all(children.map(close))
    },
  }
}

function startHost(): ChildProcess {
  return fork(join(import.meta.dirname, 'host.ts'), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: getCompileCacheDir() ?? '' },
  })
}

function childAt(children: readonly ChildProcess[], at: number): ChildProcess {
  const child = children[at]
  if (child === undefined) throw new RangeError(`There is no process ${at}.`)
  return child
}

/** The answer of this kind; rejects when the process fails or ends before. */
function ask<Kind extends FromHost['kind']>(
  child: ChildProcess,
  message: ToHost,
  kind: Kind,
): Promise<Extract<FromHost, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: FromHost) => {
      if (answer.kind === 'failed') finish(() => reject(failureOf(answer)))
      else if (isOfKind(answer, kind)) finish(() => resolve(answer))
    }
    const onExit = (code: number | null, signal: string | null) =>
      finish(() => reject(internal(`a process of the demonstration ended by ${signal ?? `code ${code}`}`)))
    const finish = (settle: () => void) => {
      child.off('message', onMessage)
      child.off('exit', onExit)
      settle()
    }
    child.on('message', onMessage)
    child.on('exit', onExit)
    child.send(message, error => error && finish(() => reject(error)))
  })
}

function isOfKind<Kind extends FromHost['kind']>(
  answer: FromHost,
  kind: Kind,
): answer is Extract<FromHost, { kind: Kind }> {
  return answer.kind === kind
}

async function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  if (child.connected) child.send({ kind: 'close' } satisfies ToHost, () => {})
  const killing = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  await ended
  clearTimeout(killing)
}

function failureOf({ code, message, details }: Extract<FromHost, { kind: 'failed' }>): FocalpointError {
  if (!isErrorCode(code)) return internal(message)
  return new FocalpointError(code, message, details as ErrorDetails[typeof code])
}

function internal(what: string): FocalpointError<'internal'> {
  return new FocalpointError('internal', `The demonstration failed: ${what}.`, { what })
}

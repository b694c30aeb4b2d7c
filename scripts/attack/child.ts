import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What a process can be asked to do, by name. */
export type Commands = Readonly<Record<string, (given: never) => Promise<unknown>>>

type Given<Command> = Command extends (given: infer Value) => Promise<unknown> ? Value : never
type Given0<Command> = Command extends () => Promise<unknown> ? [] : [given: Given<Command>]

interface Answer {
  number: number
  value?: unknown
  failed?: string
}

/** A process of its own for a part of an attack, so that its memory and time are its own; it dies with this one. */
export class Child<Known extends Commands> implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #last = 0

  private constructor(process: ChildProcess) {
    this.#process = process
    process.on('message', ({ number, value, failed }: Answer) => {
      const waiting = this.#waiting.get(number)
      this.#waiting.delete(number)
      if (failed === undefined) waiting?.resolve(value)
      else waiting?.reject(new Error(failed))
    })
    process.on('exit', (code, signal) => {
      const ended = new Error(`A process of the attack has ended with ${signal ?? code}.`)
      for (const { reject } of this.#waiting.values()) reject(ended)
      this.#waiting.clear()
    })
  }

  /** Resolves when the program in this folder has opened what the plan says. */
  static async start<Known extends Commands>(
    program: string,
    plan: object,
    execArgv: readonly string[] = [],
  ): Promise<Child<Known>> {
    const process = fork(join(import.meta.dirname, program), [JSON.stringify(plan)], {
      stdio: ['ignore', 2, 2, 'ipc'],
      execArgv: [...execArgv],
    })
    const child = new Child<Known>(process)
    const [answer] = await Promise.race([once(process, 'message'), once(process, 'exit')])
    if (typeof answer !== 'object') throw new Error(`${program} did not start.`)
    return child
  }

  ask<Name extends keyof Known & string>(
    command: Name,
    ...[given]: Given0<Known[Name]>
  ): ReturnType<Known[Name]> {
    this.#last += 1
    const answer = Promise.withResolvers<unknown>()
    // Whoever still waits when it is ended on purpose is no longer there to be told.
    answer.promise.catch(() => {})
    this.#waiting.set(this.#last, answer)
    this.#process.send({ number: this.#last, command, given })
    return answer.promise as ReturnType<Known[Name]>
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
  }
}

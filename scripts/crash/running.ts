import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { ChildPlan, Said, Told } from './talk.ts'

const patienceMs = 60_000
/** A child is started for every round: reading the program anew would take longer than the round itself. */
const compileCache = join(tmpdir(), 'focalpoint-compile-cache')

type SaidOf<Kind extends Said['said']> = Extract<Said, { said: Kind }>

/** A child and all that it has said. */
export class Running {
  readonly said: Said[] = []
  readonly #process: ChildProcessByStdio<Writable, Readable, null>
  #more = Promise.withResolvers<void>()
  #isOver = false

  /** `observer` is a command line that starts another and watches it. */
  constructor(plan: ChildPlan, observer: readonly string[]) {
    const [command = '', ...args] = [...observer, process.execPath, join(import.meta.dirname, 'child.ts')]
    this.#process = spawn(command, [...args, JSON.stringify(plan)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    })
    // A killed child reads no more.
    this.#process.stdin.on('error', () => {})
    createInterface({ input: this.#process.stdout }).on('line', line => {
      this.said.push(JSON.parse(line))
      this.#changed()
    })
    this.#process.on('close', () => {
      this.#isOver = true
      this.#changed()
    })
  }

  tell(told: Told): void {
    this.#process.stdin.write(`${JSON.stringify(told)}\n`)
  }

  /** The first of this kind that it says. */
  hears<Kind extends Said['said']>(kind: Kind): Promise<SaidOf<Kind>> {
    return this.until(`it said "${kind}"`, () => this.saidOf(kind)[0])
  }

  saidOf<Kind extends Said['said']>(kind: Kind): SaidOf<Kind>[] {
    return this.said.filter((line): line is SaidOf<Kind> => line.said === kind)
  }

  /** Looks again whenever the child has said something. */
  async until<Found>(what: string, look: () => Found | undefined): Promise<Found> {
    const late = Promise.withResolvers<never>()
    const fail = () => late.reject(new Error(`In ${patienceMs / 1000} s it did not come about that ${what}.`))
    const timer = setTimeout(fail, patienceMs)
    try {
      for (;;) {
        const found = look()
        if (found !== undefined) return found
        if (this.#isOver) throw new Error(`A child ended before ${what}.`)
        await Promise.race([this.#more.promise, late.promise])
      }
    } finally {
      clearTimeout(timer)
    }
  }

  /** `kill -9`; resolves when it is gone and all that it had said is here. */
  async kill(): Promise<void> {
    if (this.#isOver) return
    const { pid } = await this.hears('started')
    process.kill(pid, 'SIGKILL')
    await this.ends()
  }

  /** Resolves when it is gone by itself. */
  async ends(): Promise<void> {
    if (!this.#isOver) await once(this.#process, 'close')
  }

  #changed(): void {
    this.#more.resolve()
    this.#more = Promise.withResolvers<void>()
  }
}

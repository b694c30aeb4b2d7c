import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { Level } from 'level'

export interface RawReport {
  rounds: number
  /** Rows that were gone, and rows that differed, without any error. */
  gone: number
  wrong: number
  /** Rounds in which LevelDB refused to open or to read. */
  refused: number
  /** Rounds in which the process was ended by what it read. */
  ended: number
  /** Rounds in which rows were gone or differed and nobody was told. */
  silentRounds: number
}

type Answer = { gone: number; wrong: number } | { refused: string }

/** A program that reads the same damaged folders with nothing but LevelDB's own care. */
export class RawReader {
  readonly #folder: string
  readonly #report: RawReport = { rounds: 0, gone: 0, wrong: 0, refused: 0, ended: 0, silentRounds: 0 }
  #child: ChildProcessByStdio<Writable, Readable, null> | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The rows as they are before the damage. */
  async remember(store: string): Promise<void> {
    await this.#copy(store)
    const level = new Level<string, string>(this.#copyDir, { compression: false })
    await level.open()
    const rows = await level.iterator().all()
    await level.close()
    await writeFile(this.#rowsFile, JSON.stringify(rows))
  }

  /** Takes a copy of the damage, before anybody mends it. */
  async take(store: string): Promise<void> {
    await this.#copy(store)
  }

  /** What is left of the rows in the copy. */
  async read(): Promise<RawReport> {
    const answer = await this.#ask()
    this.#report.rounds += 1
    if (answer === undefined) this.#report.ended += 1
    else if ('refused' in answer) this.#report.refused += 1
    else {
      this.#report.gone += answer.gone
      this.#report.wrong += answer.wrong
      this.#report.silentRounds += Number(answer.gone + answer.wrong > 0)
    }
    return { ...this.#report }
  }

  end(): void {
    this.#child?.stdin.end()
  }

  get #copyDir(): string {
    return join(this.#folder, 'copy')
  }

  get #rowsFile(): string {
    return join(this.#folder, 'rows.json')
  }

  async #copy(store: string): Promise<void> {
    await rm(this.#copyDir, { recursive: true, force: true })
    await mkdir(this.#folder, { recursive: true })
    await cp(store, this.#copyDir, { recursive: true })
  }

  async #ask(): Promise<Answer | undefined> {
    const child = this.#running()
    child.stdin.write(`${JSON.stringify({ dir: this.#copyDir, rows: this.#rowsFile })}\n`)
    const lines = createInterface({ input: child.stdout })
    try {
      for await (const line of lines) return JSON.parse(line)
      this.#child = undefined
      return undefined
    } finally {
      lines.close()
    }
  }

  #running(): ChildProcessByStdio<Writable, Readable, null> {
    const child =
      this.#child ??
      spawn(process.execPath, [join(import.meta.dirname, 'raw-rows.ts')], {
        stdio: ['pipe', 'pipe', 'ignore'],
      })
    if (child !== this.#child) child.stdin.on('error', () => {})
    this.#child = child
    return child
  }
}

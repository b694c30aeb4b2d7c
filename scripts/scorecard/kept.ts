import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Asked, Outcome } from './run-row.ts'

/** Outcomes of rows that were run before, so that an interrupted run goes on where it was. */
export class KeptOutcomes {
  readonly #path: string
  readonly #source: string
  #outcomes: Record<string, Outcome>
  #written: Promise<void> = Promise.resolve()

  private constructor(path: string, source: string, outcomes: Record<string, Outcome>) {
    this.#path = path
    this.#source = source
    this.#outcomes = outcomes
  }

  /** `source` names the state of the program: outcomes of another state are not found. */
  static async open({ path, source }: { path: string; source: string }): Promise<KeptOutcomes> {
    try {
      return new KeptOutcomes(path, source, JSON.parse(await readFile(path, 'utf8')))
    } catch {
      // None yet, or cut short: the rows are run again.
      return new KeptOutcomes(path, source, {})
    }
  }

  find(asked: Asked): Outcome | undefined {
    const found = this.#outcomes[this.#key(asked)]
    return found && { ...found, results: found.results.map(each => ({ ...each, value: Number(each.value) })) }
  }

  async keep(asked: Asked, outcome: Outcome): Promise<void> {
    this.#outcomes = { ...this.#outcomes, [this.#key(asked)]: outcome }
    this.#written = this.#written.then(() => this.#write())
    await this.#written
  }

  /** One after the other: rows may end at the same time. */
  async #write(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true })
    await writeFile(`${this.#path}.new`, `${JSON.stringify(this.#outcomes, spelledOut, 1)}\n`)
    await rename(`${this.#path}.new`, this.#path)
  }

  #key({ name, short, seed, rounds = 0 }: Asked): string {
    return [
      this.#source,
      short ? 'short' : 'full',
      `seed ${seed}`,
      ...(rounds ? [`× ${rounds}`] : []),
      name,
    ].join(' ')
  }
}

/** JSON has no word for "not a number", nor for "without end". */
function spelledOut(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

/** The commit, and what was changed since; the README may change, for the scorecard itself writes it. */
export async function sourceOf(folder: string): Promise<string> {
  const git = async (...words: string[]) =>
    (await promisify(execFile)('git', words, { cwd: folder, maxBuffer: 2 ** 26 })).stdout
  try {
    const commit = (await git('rev-parse', '--short=12', 'HEAD')).trim()
    const changes = await git('diff', 'HEAD', '--', '.', ':!README.md')
    const more = await git('ls-files', '--others', '--exclude-standard')
    if (changes + more === '') return commit
    const texts = await Promise.all(
      more.split('\n').map(path => (path === '' ? '' : readFile(join(folder, path), 'utf8').catch(() => ''))),
    )
    const hash = createHash('sha256')
      .update([changes, more, ...texts].join('\0'))
      .digest('hex')
    return `${commit}+${hash.slice(0, 12)}`
  } catch {
    return 'no-commit'
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NoticeType, Registry, Verdict } from '#protocol'
import { Gate } from '../../node/admit.ts'
import { openStore, type Store } from '../../node/store/index.ts'

export interface JudgePlan {
  member: string
  registry: () => Registry
  /** Seconds since 1970, by this node's clock. */
  now: () => number
  types: readonly NoticeType[]
}

/** What one node says of one text. */
export interface Said {
  verdict: Verdict
  /** Of the refusal, where there is one. */
  code: string | undefined
}

/** A node's gate and store as they are, and no network: for rows that ask what nodes say of a text. */
export class Judge implements AsyncDisposable {
  readonly store: Store
  readonly gate: Gate
  readonly #life: AsyncDisposableStack
  #code: string | undefined

  private constructor(plan: JudgePlan, store: Store, life: AsyncDisposableStack) {
    this.store = store
    this.#life = life
    this.gate = new Gate({
      ...plan,
      store,
      onOwnNotice: nothing,
      onFork: nothing,
      onForkSettled: nothing,
      onCut: nothing,
      onStop: nothing,
      onStopSettled: nothing,
      onRefusal: error => {
        this.#code ??= error.code
        if (error.code !== 'internal') return
        this.unexpected += 1
        this.lastUnexpected = error.message
      },
    })
  }

  /** How often something went wrong inside that nobody had thought of. */
  unexpected = 0
  lastUnexpected = ''

  static async open(plan: JudgePlan): Promise<Judge> {
    await using opened = new AsyncDisposableStack()
    const dir = opened.adopt(await mkdtemp(join(tmpdir(), 'focalpoint-judge-')), path =>
      rm(path, { recursive: true, force: true }),
    )
    const store = opened.use(await openStore({ dir, groupCommitMs: 1, unsafeNoSync: true }))
    return new Judge(plan, store, opened.move())
  }

  async gossip(text: string, channel = 'torture'): Promise<Said> {
    this.#code = undefined
    const { verdict } = await this.gate.gossip(text, { channel, from: 'XD' })
    return { verdict, code: this.#code }
  }

  page(texts: readonly string[]): Promise<{ admitted: number; refused: number }> {
    return this.gate.page(texts, { from: 'XD', channels: ['torture'] })
  }

  /** Resolves when all that was admitted is on disk. */
  async settled(): Promise<void> {
    await this.store.writeAlone([])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#life.disposeAsync()
  }
}

function nothing(): void {}

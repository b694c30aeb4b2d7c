import { type FrameOf, limits, pagesOf } from '#protocol'
import type { NetworkGate } from './options.ts'

/** Packs notices into pages as they are read; never reads more than a page ahead. */
export async function* pagesFrom(
  notices: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<FrameOf<'page'>> {
  let waiting: string[] = []
  let bytes = 0
  for await (const notice of notices) {
    waiting.push(notice)
    bytes += notice.length
    if (bytes < limits.frameBytes && waiting.length < limits.noticesPerSyncPage) continue
    const pages = [...pagesOf(waiting)]
    waiting = pages.pop()?.notices ?? []
    bytes = bytesOf(waiting)
    yield* pages
  }
  yield* pagesOf(waiting)
}

/** What waits for the gate beside the page that it works on. */
const waitingBytes = limits.syncInFlightBytes / 8

interface Intake {
  page: NetworkGate['page']
  from: string
  channels: readonly string[]
}

/**
 * Between the stream and the gate, which works on one batch at a time: what arrives meanwhile makes the next batch, so
 * that batches are large just when the gate is busy, and above a bound the stream waits.
 */
export class PageIntake {
  readonly #intake: Intake
  #waiting: string[] = []
  #bytes = 0
  #pass: Promise<void> | undefined
  #failure: { cause: unknown } | undefined
  /** What the gate has made of it so far; durable. */
  admitted = 0
  refused = 0

  constructor(intake: Intake) {
    this.#intake = intake
  }

  /** Resolves when there is room for more. Throws what the gate threw. */
  async take(notices: readonly string[]): Promise<void> {
    this.#throwIfFailed()
    this.#waiting.push(...notices)
    this.#bytes += bytesOf(notices)
    this.#pass ??= this.#work()
    while (this.#bytes > waitingBytes) await this.#pass
    this.#throwIfFailed()
  }

  /** Resolves when all that was taken is durable. Throws what the gate threw. */
  async settled(): Promise<void> {
    while (this.#pass) await this.#pass
    this.#throwIfFailed()
  }

  async #work(): Promise<void> {
    const batch = this.#waiting.splice(0, limits.noticesPerSyncPage)
    this.#bytes -= bytesOf(batch)
    const { page, from, channels } = this.#intake
    try {
      const { admitted, refused } = await page(batch, { from, channels })
      this.admitted += admitted
      this.refused += refused
    } catch (cause) {
      this.#failure = { cause }
      this.#waiting = []
      this.#bytes = 0
    }
    this.#pass = this.#waiting.length > 0 ? this.#work() : undefined
  }

  #throwIfFailed(): void {
    if (this.#failure) throw this.#failure.cause
  }
}

function bytesOf(notices: readonly string[]): number {
  return notices.reduce((sum, notice) => sum + notice.length, 0)
}

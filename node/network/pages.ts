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

/** What the gate works on at once: reading, verifying and writing overlap, and memory stays bounded. */
const atGateBytes = limits.syncInFlightBytes * 0.75

interface Intake {
  page: NetworkGate['page']
  from: string
  channels: readonly string[]
}

/** Between the stream and the gate: hands pages on as they come, in order, and above a bound lets the stream wait. */
export class PageIntake {
  readonly #intake: Intake
  readonly #passes = new Set<Promise<void>>()
  #bytes = 0
  #failure: { cause: unknown } | undefined
  /** What the gate has made of it so far; durable. */
  admitted = 0
  held = 0
  refused = 0

  constructor(intake: Intake) {
    this.#intake = intake
  }

  /** Resolves when there is room for more. Throws what the gate threw. */
  async take(notices: readonly string[]): Promise<void> {
    this.#throwIfFailed()
    const bytes = bytesOf(notices)
    const pass = this.#pass(notices, bytes)
    this.#passes.add(pass)
    void pass.then(() => this.#passes.delete(pass))
    while (this.#bytes > atGateBytes) await Promise.race(this.#passes)
    this.#throwIfFailed()
  }

  /** Resolves when all that was taken is durable. Throws what the gate threw. */
  async settled(): Promise<void> {
    await Promise.all(this.#passes)
    this.#throwIfFailed()
  }

  async #pass(notices: readonly string[], bytes: number): Promise<void> {
    const { page, from, channels } = this.#intake
    this.#bytes += bytes
    try {
      const { admitted, held, refused } = await page(notices, { from, channels })
      this.admitted += admitted
      this.held += held
      this.refused += refused
    } catch (cause) {
      this.#failure ??= { cause }
    } finally {
      this.#bytes -= bytes
    }
  }

  #throwIfFailed(): void {
    if (this.#failure) throw this.#failure.cause
  }
}

function bytesOf(notices: readonly string[]): number {
  return notices.reduce((sum, notice) => sum + notice.length, 0)
}

import type { Commands } from './child.ts'

/** What this process was started with. */
export function planOf<Plan>(): Plan {
  return JSON.parse(process.argv[2] ?? '{}')
}

/** Does what the parent asks until the parent is gone. */
export function obey(commands: Commands): void {
  process.on('disconnect', () => process.exit())
  process.on('message', (asked: { number: number; command: string; given: never }) => {
    void answer(commands, asked)
  })
  process.send?.({ number: 0 })
}

async function answer(
  commands: Commands,
  { number, command, given }: { number: number; command: string; given: never },
): Promise<void> {
  try {
    const value = await commands[command]?.(given)
    process.send?.({ number, value })
  } catch (error) {
    process.send?.({
      number,
      failed: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}

/** Milliseconds since 1970, the same in all processes of this machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now()
}

/** How this process's memory grows. */
export class MemoryWatch {
  #mostRss = 0
  #buffersFrom = 0
  #mostBuffers = 0

  constructor() {
    this.restart()
    setInterval(() => this.#look(), 100).unref()
  }

  /** Counts from now on. */
  restart(): void {
    this.#mostRss = 0
    this.#buffersFrom = buffersNow()
    this.#mostBuffers = 0
  }

  /** MiB: the most that the process took, and by how much what it keeps in buffers has grown at most. */
  read(): { rss: number; buffers: number } {
    this.#look()
    return { rss: this.#mostRss / 2 ** 20, buffers: (this.#mostBuffers - this.#buffersFrom) / 2 ** 20 }
  }

  #look(): void {
    this.#mostRss = Math.max(this.#mostRss, process.memoryUsage.rss())
    this.#mostBuffers = Math.max(this.#mostBuffers, buffersNow())
  }
}

/** Without a collection before it, what is only waiting to be collected would count. */
function buffersNow(): number {
  globalThis.gc?.()
  return process.memoryUsage().arrayBuffers
}

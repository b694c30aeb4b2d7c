import { limits } from '#protocol'

/** One sender's few largest notices, or all that may wait when they are short. */
const waitingBytes = 4 * 1024 * 1024

interface Line {
  count: number
  bytes: number
  last: Promise<unknown>
}

/**
 * What waits to be judged, one line a sender, in order of arrival: gossipsub itself would start every validator at once
 * and let a sender's notices overtake each other.
 */
export class GateQueue {
  readonly #waiting = new Map<string, Line>()

  /** Undefined when this sender's line is full. */
  enter<Result>(sender: string, bytes: number, task: () => Promise<Result>): Promise<Result> | undefined {
    const line = this.#waiting.get(sender) ?? { count: 0, bytes: 0, last: Promise.resolve() }
    if (line.count >= limits.gateQueuePerPeer || line.bytes + bytes > waitingBytes) return undefined
    line.count += 1
    line.bytes += bytes
    this.#waiting.set(sender, line)
    const result = line.last.then(task).finally(() => {
      line.count -= 1
      line.bytes -= bytes
      if (line.count === 0) this.#waiting.delete(sender)
    })
    line.last = result.catch(() => {})
    return result
  }

  /** How many of this sender wait, the one that is judged now among them. */
  waiting(sender: string): number {
    return this.#waiting.get(sender)?.count ?? 0
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#waiting.values()].map(({ last }) => last))
  }
}

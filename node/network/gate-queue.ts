import { limits } from '#protocol'

/**
 * What waits to be judged, one line a sender, in order of arrival: gossipsub itself would start every validator at once
 * and let a sender's notices overtake each other.
 */
export class GateQueue {
  readonly #waiting = new Map<string, { count: number; last: Promise<unknown> }>()

  /** Undefined when this sender's line is full. */
  enter<Result>(sender: string, task: () => Promise<Result>): Promise<Result> | undefined {
    const line = this.#waiting.get(sender) ?? { count: 0, last: Promise.resolve() }
    if (line.count >= limits.gateQueuePerPeer) return undefined
    line.count += 1
    this.#waiting.set(sender, line)
    const result = line.last.then(task).finally(() => {
      line.count -= 1
      if (line.count === 0) this.#waiting.delete(sender)
    })
    line.last = result.catch(() => {})
    return result
  }

  async settled(): Promise<void> {
    await Promise.all([...this.#waiting.values()].map(({ last }) => last))
  }
}

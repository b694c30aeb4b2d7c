import { fieldOf, numberAtEnd, under } from './keys.ts'
import type { Rows } from './rows.ts'

/** What is still to be told, held in memory too: asked for before every delivery. */
export interface Queue {
  /** The delivery whose turn is the lowest. */
  head: (subscription: string) => string | undefined
  count: (subscription: string) => number
  /** Told of every row that is on disk; undefined for one that is gone. */
  committed: (key: string, value: string | undefined) => void
  reread: () => Promise<void>
}

export async function openQueue(rows: Rows): Promise<Queue> {
  /** Subscription → turn → delivery. */
  const held = new Map<string, Map<number, string>>()
  const queue: Queue = {
    head(subscription) {
      const turns = held.get(subscription)
      return turns?.get(Math.min(...turns.keys()))
    },
    count: subscription => held.get(subscription)?.size ?? 0,
    committed(key, value) {
      const subscription = fieldOf(key, 1)
      const turns = held.get(subscription) ?? new Map<number, string>()
      held.set(subscription, turns)
      if (value === undefined) turns.delete(numberAtEnd(key))
      else turns.set(numberAtEnd(key), value)
      if (turns.size === 0) held.delete(subscription)
    },
    async reread() {
      held.clear()
      for (const [key, value] of await rows.scan(under('queue'))) queue.committed(key, value)
    },
  }
  await queue.reread()
  return queue
}

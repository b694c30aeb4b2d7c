import { hasTopic, isForChannel, limits, noticeText } from '#protocol'
import type { KeptNotice } from './admission.ts'
import type { Outgoing, Store } from './store/index.ts'

export interface PublisherOptions {
  member: string
  store: Store
  /** Gossips a notice; gives how many peers took it. */
  publish: (channel: string, text: string) => Promise<number>
  /** Tells a member's node to come and ask. */
  poke: (member: string, channel: string) => Promise<boolean>
  others: (channel: string) => readonly string[]
  now: () => number
  /** Whether the member's node has told that it holds this notice on disk. */
  holds: (member: string, notice: KeptNotice) => boolean
  /** Whether this reader has come back and no longer asks for the parts that are for it. */
  hasParts: (member: string, id: string) => boolean
}

/**
 * Works off the outbox: gossip where the channel has a topic, a poke for each member where it has none and for each
 * named reader, again and again until enough of them are seen to hold it.
 */
export class Publisher {
  readonly #options: PublisherOptions
  #running: Promise<void> | undefined
  #again = false

  constructor(options: PublisherOptions) {
    this.#options = options
  }

  /** Goes through the outbox once, or once more if it is under way. */
  run(): Promise<void> {
    this.#again = true
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #work(): Promise<void> {
    while (this.#again) {
      this.#again = false
      const waiting = await this.#options.store.outbox.waiting()
      const gossiped = new Set(waiting.slice(-limits.outboxGossipMost).map(row => row.id))
      for (const row of waiting) await this.#send(row, gossiped.has(row.id))
    }
  }

  async #send(row: Outgoing, mayGossip: boolean): Promise<void> {
    const { store, publish, poke, others, now } = this.#options
    const notice = store.notices.find(row.id)
    if (notice === undefined || notice.isVoid) return store.write(store.outbox.deleteOps(row))
    const left = this.#stillToReach(row, notice)
    const state = left.members.length === 0 ? 'sent' : 'waiting'
    if (state !== row.state || left.readers.length < (row.readers?.length ?? 0)) {
      await store.write(store.outbox.putOps({ ...row, state, since: now(), readers: left.readers }))
    }
    const isGossiped = hasTopic(row.channel)
    if (isGossiped && mayGossip && left.members.length > 0) {
      const parts = notice.parts.filter(part => isForChannel(notice.envelope, part.name))
      await publish(row.channel, noticeText({ envelope: notice.envelope, parts }))
    }
    const poked = isGossiped ? left.readers : [...new Set([...left.members, ...left.readers])]
    const known = others(row.channel)
    await Promise.all(poked.filter(member => known.includes(member)).map(member => poke(member, row.channel)))
  }

  /** `members` is empty once enough of them hold the notice: min(2, number of other members). */
  #stillToReach(row: Outgoing, notice: KeptNotice): { members: string[]; readers: string[] } {
    const { others, holds, hasParts } = this.#options
    const all = others(row.channel)
    const missing = all.filter(member => !holds(member, notice))
    const isSent = all.length - missing.length >= Math.min(2, all.length)
    const readers = (row.readers ?? []).filter(
      reader => reader !== this.#options.member && !hasParts(reader, row.id),
    )
    return { members: isSent ? [] : missing, readers }
  }
}

import { type Frontier, gapsBetween, hasTopic, limits, type Part, parsePart } from '#protocol'
import type { Store } from './store/index.ts'

/** What a peer asks in one catch-up; who it is and what it has joined comes from its authenticated peer id. */
export interface Ask {
  reader: string
  channels: readonly string[]
  frontier: Frontier
  want: readonly string[]
}

export interface ShareOptions {
  store: Store
  /** Logs to be asked for again, and the place after which. */
  wantedLogs: () => readonly { channel: string; issuer: string; after: number }[]
}

/** Notices read from the store at once: a page and a bit. */
const batchOf = 512

/** What this node gives to its peers: committed notices, and of their parts only those that the reader may have. */
export class Share {
  readonly #store: Store
  readonly #wantedLogs: ShareOptions['wantedLogs']
  readonly #lastAsk = new Map<string, Ask>()
  #wantedFrom = 0

  constructor({ store, wantedLogs }: ShareOptions) {
    this.#store = store
    this.#wantedLogs = wantedLogs
  }

  /** Our heads in these channels; a channel without any is told as empty, which is not the same as not told. */
  frontier(of: readonly string[]): Frontier {
    const heads = this.#store.notices.heads()
    return Object.fromEntries(of.map(channel => [channel, heads[channel] ?? {}]))
  }

  /** What we ask from: our heads, but a log of which the registry names another chain is asked for again. */
  asking(of: readonly string[]): Frontier {
    const heads = structuredClone(this.frontier(of)) as Record<string, Record<string, [number, string]>>
    for (const { channel, issuer, after } of this.#wantedLogs()) {
      const id = this.#store.notices.idAt(channel, issuer, after)
      const log = heads[channel]
      if (log === undefined) continue
      if (id === undefined) delete log[issuer]
      else log[issuer] = [after, id]
    }
    return heads
  }

  /** Stops that are open, of these channels. */
  stops(of: readonly string[]): string[] {
    return this.#store.evidence.stops().flatMap(({ channel, text }) => (of.includes(channel) ? [text] : []))
  }

  /** The texts that this reader lacks, in log order, then those whose parts it wants. */
  *notices(ask: Ask): Generator<string> {
    this.#lastAsk.set(ask.reader, ask)
    const ours = this.frontier(ask.channels)
    yield* this.#otherBranches(ask, ours)
    for (const { channel, issuer, from, to } of gapsBetween(ask.frontier, ours)) {
      for (let seq = from; seq <= to; ) {
        const entries = this.#store.notices.logEntries(channel, issuer, seq, Math.min(batchOf, to - seq + 1))
        if (entries.length === 0) break
        for (const { jws, parts } of entries) yield textFor(ask.reader, issuer, jws, parts)
        seq += entries.length
      }
    }
    yield* this.#proofs(ask)
    for (const id of ask.want) yield* this.#wantedText(id, ask)
  }

  /** Ids of notices that we hold without all parts that could be for us; more than fit one ask are taken in turns. */
  wanted(): string[] {
    const all = this.#store.notices.missingParts()
    if (all.length <= limits.wantedIdsPerSync) return all
    const from = this.#wantedFrom % all.length
    this.#wantedFrom = from + limits.wantedIdsPerSync
    return [...all.slice(from), ...all.slice(0, from)].slice(0, limits.wantedIdsPerSync)
  }

  /** Open proofs of forks, and stops, that may travel by gossip: two envelopes go no further than their channel does. */
  frozenEvidence(): string[] {
    const { evidence } = this.#store
    const forks = evidence.forks().filter(({ settledAt }) => settledAt === undefined)
    return [...forks, ...evidence.stops()].flatMap(({ channel, text }) => (hasTopic(channel) ? [text] : []))
  }

  /** Whether this reader came back, holds the notice and no longer wants parts of it. */
  hasParts(reader: string, id: string): boolean {
    const ask = this.#lastAsk.get(reader)
    const kept = this.#store.notices.find(id)
    if (ask === undefined || kept === undefined) return false
    const { channel, issuer, seq } = kept.envelope
    const holds = (ask.frontier[channel]?.[issuer]?.[0] ?? 0) >= seq
    return holds && ask.want.length < limits.wantedIdsPerSync && !ask.want.includes(id)
  }

  /** Our envelope at a head that differs from the reader's: it makes the proof of the fork out of the two. */
  *#otherBranches({ reader, channels, frontier }: Ask, ours: Frontier): Generator<string> {
    for (const channel of channels) {
      for (const [issuer, [seq, id]] of Object.entries(frontier[channel] ?? {})) {
        const held = this.#store.notices.idAt(channel, issuer, seq)
        if (held === undefined || held === id || ours[channel]?.[issuer] === undefined) continue
        for (const entry of this.#store.notices.logEntries(channel, issuer, seq, 1)) {
          yield textFor(reader, issuer, entry.jws, entry.parts)
        }
      }
    }
  }

  /** Both envelopes of each proof, for who was away when it was gossiped, or where no topic spreads it: the reader proves it again. */
  *#proofs({ channels }: Ask): Generator<string> {
    for (const { channel, text, settledAt } of this.#store.evidence.forks()) {
      if (!channels.includes(channel) || settledAt !== undefined) continue
      const { a, b }: { a: string; b: string } = JSON.parse(text)
      yield* [`${a}~`, `${b}~`]
    }
  }

  *#wantedText(id: string, { reader, channels }: Ask): Generator<string> {
    const kept = this.#store.notices.find(id)
    if (kept === undefined || !channels.includes(kept.envelope.channel)) return
    const parts = kept.parts.map(part => ({ ...part, to: kept.envelope.parts[part.name]?.to ?? 'named' }))
    yield textFor(reader, kept.envelope.issuer, kept.envelope.jws, parts)
  }
}

type SharedPart = Pick<Part, 'name' | 'text'> & { to: string }

/** The notice with what this reader may have: the channel's parts, and named ones if it is the issuer or a named reader. */
function textFor(reader: string, issuer: string, jws: string, parts: readonly SharedPart[]): string {
  const isNamed = reader === issuer || readersOf(parts).includes(reader)
  const given = parts.filter(part => part.to === 'channel' || isNamed)
  return [jws, ...given.map(part => part.text), ''].join('~')
}

function readersOf(parts: readonly SharedPart[]): unknown[] {
  const text = parts.find(part => part.name === 'readers')?.text
  const value = text === undefined ? undefined : parsePart(text).value
  return Array.isArray(value) ? value : []
}

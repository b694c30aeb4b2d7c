import { type Authority, type Envelope, findMember, isVoid, type Place, type Registry } from '#protocol'
import type { Store, StoredStop } from './store/index.ts'
import type { Tips } from './tips.ts'

/** Notices that have left a log because the registry, or the chain that it names, says so. */
export interface Cut {
  channel: string
  issuer: string
  /** The lowest place that was left. */
  from: number
  ids: readonly string[]
}

/** Not in force by all that is known here: below a key's end only the chain that ends there can tell. */
export function isOutOfForce(envelope: Envelope, authority: Authority, tips: Pick<Tips, 'idAt'>): boolean {
  const { end } = authority
  const onEndChain = () => {
    const isChainHere = end !== undefined && tips.idAt({ ...envelope, seq: end.seq }) === end.id
    return !isChainHere || tips.idAt(envelope) === envelope.id
  }
  return isVoid({ authority, seq: envelope.seq, id: envelope.id, onEndChain })
}

/** Above the last notice that the key's member stands by, or another one at its place. */
export function isBeyondStop(
  { head }: Pick<StoredStop, 'head'>,
  { seq, id }: Pick<Envelope, 'seq' | 'id'>,
): boolean {
  return seq > head.seq || (seq === head.seq && id !== head.id)
}

/** A place of a log where the registry ends a key's authority. */
export interface KeyEnd {
  issuer: string
  channel: string
  kid: string
  /** The first place of the key in this log. */
  from: number
  end: Place
}

/** Every end in the registry, or of one log. */
export function keyEnds(registry: Registry, log?: { issuer: string; channel: string }): KeyEnd[] {
  const members = log === undefined ? registry.members.members : [findMember(registry, log.issuer)]
  return members
    .flatMap(member => member ?? [])
    .flatMap(({ id: issuer, signing }) =>
      signing.flatMap(({ kid, from, end = {} }) =>
        Object.entries(end)
          .filter(([channel]) => log === undefined || channel === log.channel)
          .map(([channel, place]) => ({ issuer, channel, kid, from: from[channel] ?? 1, end: place })),
      ),
    )
}

/** The lowest place that each log, or one of them, must leave: there stands a notice by a key that had no authority for it. */
export function cutsIn(
  registry: Registry,
  { notices }: Store,
  log?: { issuer: string; channel: string },
): Omit<Cut, 'ids'>[] {
  const cuts = keyEnds(registry, log).flatMap(({ issuer, channel, kid, end }) => {
    const reached = notices.head(channel, issuer)?.seq ?? 0
    const isOnChain = end.seq === 0 || notices.idAt(channel, issuer, end.seq) === end.id
    const above = isOnChain ? end.seq + 1 : end.seq
    const ids = notices.logIds(channel, issuer, above, reached)
    const at = ids.findIndex(id => notices.find(id)?.envelope.kid === kid)
    return at < 0 ? [] : [{ issuer, channel, from: above + at }]
  })
  const byLog = Map.groupBy(cuts, ({ issuer, channel }) => `${channel}/${issuer}`)
  return [...byLog.values()].flatMap(ofLog => ofLog.toSorted((a, b) => a.from - b.from).at(0) ?? [])
}

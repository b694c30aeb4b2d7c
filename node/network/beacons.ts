import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type Beacon, type Frontier, gapsBetween, signBeacon, splitsBetween, verifyBeacon } from '#protocol'
import { Allowance } from './allowance.ts'
import type { Judgement } from './gossip.ts'
import type { Holders } from './holders.ts'
import { jittered, slept } from './loop.ts'
import type { NetworkOptions, Versions } from './options.ts'
import type { PeerBook } from './peers.ts'

interface Beaconing {
  options: NetworkOptions
  everyMs: number
  /** The joined channels that have a topic: beacons say nothing of the others. */
  channels: readonly string[]
  key: { kid: string; key: CryptoKey }
  holders: Holders
  book: PeerBook
  peerCount(): number
  publish(text: string): Promise<number>
  /** The member shows more than we hold; `from` passed the beacon on. */
  onMore(member: string, from: string): void
  onVersions(versions: Versions, member: string, from: string): void
  signal: AbortSignal
}

/** Every so many beacons one names all heads; the others only those that moved. */
const wholeEvery = 20
/** Neighbours shall not wait a whole interval for the first. */
const firstAfterMs = 500
const delayResolutionMs = 20

/** The form of a beacon; what does not have it, every honest node refuses. */
const beaconPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]$/

/** What one peer may pass on, its own and those of all others: each costs us a signature's verification. */
const broughtByOne = { burst: 200, perSecond: 30 }
/** What one member may say: each costs every node a message, so no member speaks much faster than it should. */
const signedByOne = { burst: 20, perSecond: 2 }

export class Beacons {
  readonly #beaconing: Beaconing
  readonly #delay = monitorEventLoopDelay({ resolution: delayResolutionMs })
  readonly #brought = new Allowance(broughtByOne)
  readonly #signed = new Allowance(signedByOne)
  #sent: Frontier = {}
  #sinceWhole = wholeEvery

  constructor(beaconing: Beaconing) {
    this.#beaconing = beaconing
    this.#delay.enable()
    void this.#run()
  }

  /** Somebody new listens: the next beacon names all heads. */
  nextIsWhole(): void {
    this.#sinceWhole = wholeEvery
  }

  async judge(text: string, from: string): Promise<Judgement> {
    const { options, book, onVersions } = this.#beaconing
    if (!beaconPattern.test(text)) return 'reject'
    if (!this.#brought.take(from)) return this.#tooMuch('sender')
    const beacon = await this.#verified(text)
    if (!beacon || beacon.member === options.member) return 'ignore'
    if (!book.isNewer(beacon)) {
      options.count('beacons_ignored', { reason: 'old-number' })
      return 'ignore'
    }
    if (!this.#signed.take(beacon.member)) return this.#tooMuch('member')
    book.heardBeacon(beacon.member, beacon)
    onVersions(beacon, beacon.member, from)
    this.#compare(beacon, from)
    return 'accept'
  }

  #tooMuch(reason: string): Judgement {
    this.#beaconing.options.count('beacons_ignored', { reason: `too-many-of-one-${reason}` })
    return 'too-much'
  }

  /** Whether a beacon verifies depends on the registry here, so a bad one is ignored and costs nobody his name. */
  async #verified(text: string): Promise<Beacon | undefined> {
    const { options } = this.#beaconing
    try {
      return await verifyBeacon(text, {
        net: options.net,
        keyOf: kid => options.registry.nodeKeyOf(kid),
      })
    } catch {
      options.count('beacons_ignored', { reason: 'invalid' })
      return undefined
    }
  }

  #compare({ member, heads, full }: Beacon, from: string): void {
    const { options, channels, holders, onMore } = this.#beaconing
    const theirs = only(channels, heads)
    if (full) holders.tellWhole(member, theirs, options.now())
    else holders.tellMoved(member, theirs)
    const ours = options.serve.frontier(channels)
    for (const split of splitsBetween(ours, theirs)) {
      options.count('split_views')
      options.log.warn(
        { with: member, ...split },
        'A member holds another notice at the same place: the sign of a fork',
      )
    }
    if (gapsBetween(ours, theirs).length > 0) onMore(member, from)
  }

  async #run(): Promise<void> {
    const { everyMs, signal } = this.#beaconing
    let waitMs = Math.min(firstAfterMs, everyMs)
    while (await slept(waitMs, signal)) {
      await this.#send()
      waitMs = jittered(everyMs, 0.2)
    }
    this.#delay.disable()
  }

  async #send(): Promise<void> {
    const { options, publish, key } = this.#beaconing
    try {
      await publish(await signBeacon(this.#next(), { net: options.net, ...key }))
    } catch (error) {
      options.count('beacon_failures')
      options.log.warn({ error: String(error) }, 'A beacon could not be sent')
    }
  }

  #next(): Beacon {
    const { options, channels, peerCount } = this.#beaconing
    const { root, members } = options.registry.versions()
    const frontier = options.serve.frontier(channels)
    const full = this.#sinceWhole >= wholeEvery
    const heads = full ? whole(channels, frontier) : moved(this.#sent, frontier)
    this.#sent = frontier
    this.#sinceWhole = full ? 1 : this.#sinceWhole + 1
    return {
      v: 1,
      member: options.member,
      n: options.nextBeaconNumber(),
      iat: options.now(),
      heads,
      full,
      software: options.softwareVersion,
      root,
      members,
      peers: peerCount(),
      storeBytes: options.storeBytes(),
      lagMs: this.#lagMs(),
    }
  }

  #lagMs(): number {
    const longest = this.#delay.max / 1e6 - delayResolutionMs
    this.#delay.reset()
    return Math.max(0, Math.round(longest))
  }
}

function whole(channels: readonly string[], frontier: Frontier): Frontier {
  return Object.fromEntries(channels.map(channel => [channel, frontier[channel] ?? {}]))
}

function moved(before: Frontier, after: Frontier): Frontier {
  const channels = Object.entries(after).map(([channel, issuers]) => {
    const heads = Object.entries(issuers).filter(([issuer, [, id]]) => before[channel]?.[issuer]?.[1] !== id)
    return [channel, Object.fromEntries(heads)] as const
  })
  return Object.fromEntries(channels.filter(([, heads]) => Object.keys(heads).length > 0))
}

function only(channels: readonly string[], frontier: Frontier): Frontier {
  return Object.fromEntries(Object.entries(frontier).filter(([channel]) => channels.includes(channel)))
}

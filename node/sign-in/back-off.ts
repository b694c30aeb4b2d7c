import { normalizeIP } from '@fastify/rate-limit'
import { FocalpointError } from '#protocol'
import type { Failures } from './sign-in.ts'

/** Wrong tries in a row before waiting begins; many of an office come from one address. */
const freeTries = { name: 5, address: 20 }
/** NIST SP 800-63B-4, 3.2.2: no more than 100 in a row, then only a link helps. */
const triesMost = 100
const firstWaitSeconds = 60
const longestWaitSeconds = 3600
/** Of names that nobody has, and of addresses: the oldest go. */
const rememberedMost = 10_000

export interface BackOffOptions {
  /** Of persons, by id. */
  held: readonly { person: string; failures: Failures }[]
  /** Told of every change for a person. */
  changed: (person: string, failures: Failures | undefined) => void
}

/** Whoever is guessed at; a name that nobody has is remembered just like one that somebody has. */
export type Guessed = { person: string } | { nameHash: string }

interface Try {
  /** None for somebody who is signed in. */
  address: string | undefined
  /** Seconds since 1970. */
  now: number
}

/** Who must wait after wrong passwords, by person and by address. */
export class BackOff {
  readonly #persons: Map<string, Failures>
  readonly #names = new Map<string, Failures>()
  readonly #addresses = new Map<string, Failures>()
  readonly #changed: BackOffOptions['changed']

  constructor({ held, changed }: BackOffOptions) {
    this.#persons = new Map(held.map(({ person, failures }) => [person, failures]))
    this.#changed = changed
  }

  /** Throws `locked-out`. */
  check(guessed: Guessed, { address, now }: Try): void {
    const ofAddress = address === undefined ? undefined : this.#ofAddress(networkOf(address), now)
    const until = Math.max(
      waitsUntil(this.#of(guessed), freeTries.name),
      waitsUntil(ofAddress, freeTries.address),
    )
    if (until <= now) return
    const seconds = Math.min(until - now, longestWaitSeconds)
    const minutes = Math.ceil(seconds / 60)
    throw new FocalpointError(
      'locked-out',
      `There were too many wrong tries. Wait ${minutes} minute${minutes === 1 ? '' : 's'}, or ask an administrator of this node for a sign-in link.`,
      { retryAfterSeconds: seconds },
    )
  }

  /** Counts a try as failed before it is known, so that many at once are no more than many in a row. */
  count(guessed: Guessed, { address, now }: Try): void {
    this.#set(guessed, oneMore(this.#of(guessed), now))
    if (address === undefined) return
    const network = networkOf(address)
    remember(this.#addresses, network, oneMore(this.#addresses.get(network), now))
  }

  /** A try that was counted was not made: too many were waiting. */
  takeBack(guessed: Guessed, { address }: Pick<Try, 'address'>): void {
    const failures = this.#of(guessed)
    if (failures !== undefined) this.#set(guessed, { ...failures, count: failures.count - 1 })
    this.#oneLess(address)
  }

  /** The try was wrong; tells whether waiting begins with it. */
  failed(guessed: Guessed): boolean {
    const failures = this.#of(guessed)
    if (failures === undefined) return false
    if ('person' in guessed) this.#changed(guessed.person, failures)
    return failures.count >= freeTries.name
  }

  /** The try was right: only the address keeps its other failures, or one account would open the way to all. */
  succeeded(person: string, { address }: Pick<Try, 'address'>): void {
    this.reset(person)
    this.#oneLess(address)
  }

  reset(person: string): void {
    if (!this.#persons.delete(person)) return
    this.#changed(person, undefined)
  }

  #oneLess(address: string | undefined): void {
    const network = networkOf(address ?? '')
    const failures = this.#addresses.get(network)
    if (failures === undefined) return
    if (failures.count <= 1) this.#addresses.delete(network)
    else this.#addresses.set(network, { ...failures, count: failures.count - 1 })
  }

  #of(guessed: Guessed): Failures | undefined {
    return 'person' in guessed ? this.#persons.get(guessed.person) : this.#names.get(guessed.nameHash)
  }

  #set(guessed: Guessed, failures: Failures): void {
    if ('person' in guessed) this.#persons.set(guessed.person, failures)
    else remember(this.#names, guessed.nameHash, failures)
  }

  /** After an hour without a failure it begins anew. */
  #ofAddress(network: string, now: number): Failures | undefined {
    const failures = this.#addresses.get(network)
    if (failures && failures.lastAt + longestWaitSeconds <= now) this.#addresses.delete(network)
    return this.#addresses.get(network)
  }
}

/** A subscriber has a /64 of IPv6, and as many addresses in it as there are guesses; an IPv4 address is one. */
function networkOf(address: string): string {
  return normalizeIP(address, 64)
}

function oneMore(failures: Failures | undefined, now: number): Failures {
  return { count: (failures?.count ?? 0) + 1, lastAt: now }
}

function waitsUntil(failures: Failures | undefined, free: number): number {
  if (failures === undefined || failures.count < free) return 0
  if (failures.count >= triesMost) return Number.POSITIVE_INFINITY
  return failures.lastAt + Math.min(firstWaitSeconds * 2 ** (failures.count - free), longestWaitSeconds)
}

function remember(failures: Map<string, Failures>, key: string, value: Failures): void {
  failures.delete(key)
  failures.set(key, value)
  if (failures.size <= rememberedMost) return
  const [oldest = ''] = failures.keys()
  failures.delete(oldest)
}

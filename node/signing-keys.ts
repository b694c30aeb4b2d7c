import {
  authorityOf,
  FocalpointError,
  findKey,
  importPrivateKey,
  isError,
  type PrivateJwk,
  type Registry,
  thumbprint,
} from '#protocol'
import type { Keys } from './key-file.ts'

// Planned rotation: the key file holds the newer key as `next`, beside the one in use. The node goes on with the old key
// until the log has come to the place from which the registry lets the new one speak; from there on it never goes back,
// whatever becomes of the new key, for whoever verifies expects one key after the other.

export interface SigningKeysOptions {
  member: string
  keys: Keys
  registry: () => Registry
  /** The key file once more: it may have been given a newer key since the start. */
  rereadKeys?: (() => Promise<Keys>) | undefined
  onRereadFailed: (error: unknown) => void
}

export interface KeyInUse {
  kid: string
  key: CryptoKey
}

/** Which of a member's signing keys speaks at a place of its log. */
export class SigningKeys {
  readonly #options: SigningKeysOptions
  readonly #imported = new Map<string, Promise<CryptoKey>>()
  readonly #rereadFor = new WeakSet<Registry>()
  /** Newest first. */
  #held: PrivateJwk[]

  constructor(options: SigningKeysOptions) {
    this.#options = options
    this.#held = newestFirst(options.keys)
  }

  /** Throws `key-unknown`, `key-of-another`, `no-authority`, `signing-stopped`. */
  async at(channel: string, seq: number): Promise<KeyInUse> {
    const registry = this.#options.registry()
    if (this.#lacksKey(registry, channel, seq)) await this.#reread(registry)
    const { member } = this.#options
    const jwk = keyAt({ held: this.#held, registry, member, channel, seq })
    return { kid: thumbprint(jwk), key: await this.#import(jwk) }
  }

  /** The name of the key that speaks at this place; undefined where none may, or the key file is to be read first. */
  kidAt(channel: string, seq: number): string | undefined {
    const { member, registry, rereadKeys } = this.#options
    const inForce = registry()
    const isToBeRead = rereadKeys !== undefined && !this.#rereadFor.has(inForce)
    if (isToBeRead && this.#lacksKey(inForce, channel, seq)) return undefined
    try {
      return thumbprint(keyAt({ held: this.#held, registry: inForce, member, channel, seq }))
    } catch (error) {
      if (isError(error)) return undefined
      throw error
    }
  }

  /** The registry lets a key of ours speak that was not in the file when it was read. */
  #lacksKey(registry: Registry, channel: string, seq: number): boolean {
    const held = this.#held.map(thumbprint)
    const listed = registry.members.members.find(({ id }) => id === this.#options.member)?.signing ?? []
    return listed.some(
      ({ kid, from, end }) => !held.includes(kid) && end === undefined && (from[channel] ?? Infinity) <= seq,
    )
  }

  /** Once for each registry: a file that lacks the key now is not asked again before every notice. */
  async #reread(registry: Registry): Promise<void> {
    const { rereadKeys, onRereadFailed } = this.#options
    if (rereadKeys === undefined || this.#rereadFor.has(registry)) return
    this.#rereadFor.add(registry)
    try {
      this.#held = newestFirst(await rereadKeys())
    } catch (error) {
      onRereadFailed(error)
    }
  }

  #import(jwk: PrivateJwk): Promise<CryptoKey> {
    const kid = thumbprint(jwk)
    const held = this.#imported.get(kid) ?? importPrivateKey(jwk)
    this.#imported.set(kid, held)
    return held
  }
}

interface Choosing {
  /** Newest first. */
  held: readonly PrivateJwk[]
  registry: Registry
  member: string
  channel: string
  seq: number
}

/** The newest key that has its turn at this place: if that one has been ended, nothing may be signed. */
function keyAt({ held, registry, member, channel, seq }: Choosing): PrivateJwk {
  const inTurn = held.find(jwk => {
    const found = findKey(registry, thumbprint(jwk))
    return found?.member.id === member && (found.key.from[channel] ?? Infinity) <= seq
  })
  const jwk = inTurn ?? held.at(-1)
  if (jwk === undefined) throw new TypeError('A key file without a signing key was read.')
  const { from, end } = authorityOf({ registry, kid: thumbprint(jwk), issuer: member, channel })
  if (end !== undefined) {
    throw stopped('The registry has ended this signing key in this channel; issue with the new one.')
  }
  if (from > seq) throw stopped(`The registry lets this key speak from place ${from}; the log is at ${seq}.`)
  return jwk
}

function newestFirst({ signing, next }: Keys): PrivateJwk[] {
  return next === undefined ? [signing] : [next, signing]
}

function stopped(reason: string): FocalpointError<'signing-stopped'> {
  return new FocalpointError('signing-stopped', reason, { reason })
}

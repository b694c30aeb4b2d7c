import type { Envelope, Head, VerifiedEnvelope } from '#protocol'
import type { Store } from './store/index.ts'

/** The last notice of a log and the time it claims. */
export interface Tip extends Head {
  iat: number
}

type Log = Pick<Envelope, 'channel' | 'issuer'>
type Place = Pick<Envelope, 'channel' | 'issuer' | 'seq'>

/** Where each log stands, counting what is admitted and not yet on disk. */
export class Tips {
  readonly #store: Store
  /** A log not in here has its tip in the store. */
  readonly #tips = new Map<string, Tip>()
  /** Admitted and not yet on disk, by place. */
  readonly #underway = new Map<string, Envelope>()

  constructor(store: Store) {
    this.#store = store
  }

  of(log: Log): Tip | undefined {
    const ahead = this.#tips.get(logKey(log))
    if (ahead) return ahead
    const head = this.#store.notices.head(log.channel, log.issuer)
    if (head === undefined) return undefined
    const tip = { ...head, iat: this.#store.notices.find(head.id)?.envelope.iat ?? 0 }
    this.#tips.set(logKey(log), tip)
    return tip
  }

  /** The id of the notice at this place, if it is taken. */
  idAt(place: Place): string | undefined {
    const tip = this.of(place)
    if (tip === undefined || place.seq > tip.seq) return undefined
    if (place.seq === tip.seq) return tip.id
    const { channel, issuer, seq } = place
    return this.#underway.get(placeKey(place))?.id ?? this.#store.notices.idAt(channel, issuer, seq)
  }

  envelopeAt(place: Place): Envelope | undefined {
    const id = this.idAt(place)
    return (
      this.#underway.get(placeKey(place)) ??
      (id === undefined ? undefined : this.#store.notices.find(id)?.envelope)
    )
  }

  isUnderway(envelope: Envelope): boolean {
    return this.#underway.get(placeKey(envelope))?.id === envelope.id
  }

  /** Takes the place at once; `written` tells when it is on disk. Where it fails, nothing of this log is ahead of the disk. */
  async take(envelope: VerifiedEnvelope, written: () => Promise<void>): Promise<void> {
    const { seq, id, iat } = envelope
    this.#tips.set(logKey(envelope), { seq, id, iat })
    this.#underway.set(placeKey(envelope), envelope)
    try {
      await written()
    } catch (error) {
      this.#tips.delete(logKey(envelope))
      throw error
    } finally {
      this.#underway.delete(placeKey(envelope))
    }
  }
}

/** One text for one log, to look it up by. */
export function logKey({ channel, issuer }: Log): string {
  return `${channel}/${issuer}`
}

function placeKey({ channel, issuer, seq }: Place): string {
  return `${channel}/${issuer}/${seq}`
}

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
  readonly #tips = new Map<string, Tip | undefined>()
  /** Admitted and not yet on disk, by place. */
  readonly #underway = new Map<string, Envelope>()

  constructor(store: Store) {
    this.#store = store
  }

  of(log: Log): Tip | undefined {
    if (this.#tips.has(logKey(log))) return this.#tips.get(logKey(log))
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

  /** The notice before this place. */
  before({ channel, issuer, seq }: Place): Tip | undefined {
    const envelope = seq > 1 ? this.envelopeAt({ channel, issuer, seq: seq - 1 }) : undefined
    return envelope && { seq: envelope.seq, id: envelope.id, iat: envelope.iat }
  }

  /** Ids on disk from this place on. */
  idsFrom({ channel, issuer, seq }: Place): string[] {
    return this.#store.notices.logIds(channel, issuer, seq, this.of({ channel, issuer })?.seq ?? 0)
  }

  /** Whether all that was admitted to this log is on disk. */
  isSettled(log: Log): boolean {
    const prefix = `${logKey(log)}/`
    return ![...this.#underway.keys()].some(place => place.startsWith(prefix))
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

  /**
   * Puts the log on a lower tip, or on another branch, at once: `placed` are its new notices. Where that cannot be
   * written, what is on disk holds.
   */
  async retake(
    log: Log,
    { tip, placed = [] }: { tip: Tip | undefined; placed?: readonly Envelope[] },
    written: () => Promise<void>,
  ): Promise<void> {
    this.#tips.set(logKey(log), tip)
    for (const envelope of placed) this.#underway.set(placeKey(envelope), envelope)
    try {
      await written()
    } catch (error) {
      this.#tips.delete(logKey(log))
      throw error
    } finally {
      for (const envelope of placed) this.#underway.delete(placeKey(envelope))
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

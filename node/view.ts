import {
  authorityOf,
  claimedInstant,
  findNoticeType,
  isError,
  type JsonObject,
  membersIn,
  type NoticeType,
  partNames,
  type Registry,
} from '#protocol'
import type { KeptNotice } from './admission.ts'
import { contentOf } from './content.ts'
import type { NoticeStatus, NoticeView, Standing } from './desk/desk.ts'
import { isBeyondStop } from './force.ts'
import type { Store } from './store/index.ts'

export interface ViewerOptions {
  member: string
  store: Store
  types: readonly NoticeType[]
  registry: () => Registry
  /** Whether a member's node has told that its log reaches this place. */
  holds: (member: string, place: { channel: string; issuer: string; seq: number }) => boolean
}

/** Makes what people and programs read of a notice out of what is kept. */
export class Viewer {
  readonly #options: ViewerOptions

  constructor(options: ViewerOptions) {
    this.#options = options
  }

  async view(kept: KeptNotice, { nominal: mayReadNames }: { nominal: boolean }): Promise<NoticeView> {
    const { envelope, parts } = kept
    const { type: name, refs, body, nominal } = contentOf(envelope, parts)
    const type = findNoticeType(name, this.#options.types)
    const answers = await this.#answersTo(envelope.id)
    const heldBy = this.#heldBy(kept)
    return {
      id: envelope.id,
      issuer: envelope.issuer,
      channel: envelope.channel,
      seq: envelope.seq,
      type: name,
      label: type?.label ?? name,
      summary: summaryOf(type, kept, body),
      issuedAt: claimedInstant(envelope.iat),
      receivedAt: timeOf(kept.receivedAt),
      status: this.#status(kept, answers, heldBy),
      standing: this.standing(kept),
      exercise: envelope.exercise,
      flags: kept.flags,
      ...(body && { body }),
      ...(nominal && mayReadNames && { nominal }),
      parts: partNames(envelope).map(part => {
        const until = envelope.parts[part]?.until
        return {
          name: part,
          to: envelope.parts[part]?.to ?? 'named',
          ...(until !== undefined && { until }),
          held: parts.some(held => held.name === part),
          erased: kept.erased.includes(part),
        }
      }),
      refs,
      referredToBy: answers.map(({ answer, rel }) => ({
        id: answer.envelope.id,
        rel,
        type: contentOf(answer.envelope, answer.parts).type,
        issuer: answer.envelope.issuer,
      })),
      heldBy,
      cursor: kept.cursor,
    }
  }

  /** What its answers did to it. */
  async effectsOn(kept: KeptNotice): Promise<Effect[]> {
    return (await this.#answersTo(kept.envelope.id)).flatMap(answer => this.#effectOf(kept, answer))
  }

  #status(kept: KeptNotice, answers: readonly Answer[], heldBy: NoticeView['heldBy']): NoticeStatus {
    const effects = answers.flatMap(answer => this.#effectOf(kept, answer))
    if (kept.erased.includes('body')) return 'erased'
    if (effects.includes('withdrawn')) return 'withdrawn'
    if (effects.includes('corrected')) return 'corrected'
    if (heldBy.count === heldBy.of) return 'held by all'
    return this.#options.store.outbox.find(kept.envelope.id)?.state === 'waiting' ? 'being sent' : 'sent'
  }

  /** An answer has an effect only by its type's own rule, and never when it is void or disputed. */
  #effectOf(kept: KeptNotice, { answer, rel }: Answer): Effect[] {
    const rule = findNoticeType(contentOf(answer.envelope, answer.parts).type, this.#options.types)?.answers
    if (rule?.status === undefined || rule.rel !== rel) return []
    if (rule.from === 'issuer' && answer.envelope.issuer !== kept.envelope.issuer) return []
    return ['void', 'disputed'].includes(this.standing(answer)) ? [] : [rule.status]
  }

  standing({ envelope, isVoid }: KeptNotice): Standing {
    const { registry, store } = this.#options
    if (isVoid) return 'void'
    const fork = store.evidence.forkOf(envelope.channel, envelope.issuer)
    if (fork !== undefined && fork.settledAt === undefined && envelope.seq >= fork.seq) return 'disputed'
    const stop = store.evidence.stopOf(envelope.kid, envelope.channel)
    if (stop !== undefined && isBeyondStop(stop, envelope)) return 'disputed'
    try {
      const { end } = authorityOf({ registry: registry(), ...envelope })
      return end === undefined ? 'verified' : 'key since retired'
    } catch (error) {
      if (isError(error)) return 'unknown key'
      throw error
    }
  }

  async #answersTo(id: string): Promise<Answer[]> {
    const { notices } = this.#options.store
    return (await notices.refsTo(id)).flatMap(({ id: from, rel }) => {
      const answer = notices.find(from)
      return answer === undefined ? [] : [{ answer, rel }]
    })
  }

  #heldBy({ envelope }: KeptNotice): NoticeView['heldBy'] {
    const { registry, member, holds } = this.#options
    const all = membersIn(registry(), envelope.channel).map(({ id }) => id)
    const missing = all.filter(id => id !== member && id !== envelope.issuer && !holds(id, envelope))
    return { count: all.length - missing.length, of: all.length, missing }
  }
}

type Effect = 'withdrawn' | 'corrected'

interface Answer {
  answer: KeptNotice
  rel: string
}

function summaryOf(
  type: NoticeType | undefined,
  { flags, erased }: KeptNotice,
  body: JsonObject | undefined,
): string {
  if (erased.includes('body')) return 'Its content was erased on its date'
  if (body === undefined) return 'Its content is for named readers, or not here yet'
  if (type === undefined) return 'A kind of notice that this version does not know'
  return flags.includes('body-form') ? 'Its content does not follow its form' : type.summary(body as never)
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString()
}

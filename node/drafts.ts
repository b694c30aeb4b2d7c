import { randomUUID } from 'node:crypto'
import {
  type Channel,
  channelOfGoods,
  type Draft,
  dayOf,
  FocalpointError,
  findNoticeType,
  isChannel,
  type JsonObject,
  type NoticeType,
  parseDraft,
} from '#protocol'
import type { KeptNotice } from './admission.ts'
import { audienceErrors, usualAudience } from './audience.ts'
import { correctionErrors } from './corrections.ts'
import type { Returned } from './desk/drafting.ts'
import type { Once, Person } from './people.ts'
import type { OpenDraft, Operation, Store } from './store/index.ts'

export interface DraftsOptions {
  member: string
  /** The channels that this member has joined. */
  channels: () => readonly string[]
  store: Store
  types: readonly NoticeType[]
  now: () => number
  /** A demonstration: whatever is drafted is marked as an exercise. */
  onlyExercises?: boolean
}

/** Of a draft that comes from unfinished work. */
export interface Origin {
  /** The id under which it was written. */
  id?: string
  author?: string
  /** All who wrote at it. */
  editors?: readonly string[]
  /** What is written in the same batch. */
  with?: readonly Operation[]
}

/** What people write before it is signed: checked whole at every saving, so that releasing finds nothing new. */
export class Drafts {
  readonly #options: DraftsOptions

  constructor(options: DraftsOptions) {
    this.#options = options
  }

  async create(
    value: unknown,
    person: Person,
    { once, ...origin }: { once?: Once } & Origin = {},
  ): Promise<OpenDraft> {
    const { store, now } = this.#options
    const id = origin.id ?? randomUUID()
    const at = now()
    const draft: OpenDraft = {
      id,
      draft: this.check(value),
      author: origin.author ?? person.id,
      editors: [...new Set([...(origin.editors ?? []), person.id])],
      createdAt: at,
      updatedAt: at,
      version: 1,
    }
    await store.writeAlone([
      ...store.drafts.putOps(draft),
      ...(origin.with ?? []),
      ...(once === undefined ? [] : store.idempotency.putOps(once, { id, at })),
    ])
    return draft
  }

  /** What was sent back waits again. Throws `draft-changed` when the caller has read another version than the one held. */
  async replace(
    id: string,
    value: unknown,
    person: Person,
    { version, editors: also = [], with: more = [] }: { version?: number } & Pick<Origin, 'editors' | 'with'>,
  ): Promise<OpenDraft> {
    const { store, now } = this.#options
    this.getOpen(id)
    const draft = this.check(value)
    const change = ({ returned: _, ...held }: OpenDraft): OpenDraft => {
      if (version !== undefined && version !== held.version) throw changed(id)
      const editors = [...new Set([...held.editors, ...also, person.id])]
      return { ...held, draft, editors, updatedAt: now(), version: held.version + 1 }
    }
    await store.writeAlone([...store.drafts.changeOps(id, change), ...more])
    return this.getOpen(id)
  }

  /** Throws `draft-changed` when the caller has read another version than the one held. */
  async remove(id: string, { version }: { version?: number } = {}): Promise<void> {
    const { store } = this.#options
    await store.writeAlone([
      ...store.drafts.deleteOps(id, version),
      ...store.unfinished.deleteOps(id),
      ...store.sendings.deleteOps(id),
    ])
  }

  /** What is about to be sent is stopped with it. Throws `draft-changed`, `draft-returned`. */
  async sendBack(
    id: string,
    reason: string,
    person: Person,
    { version }: { version?: number },
  ): Promise<OpenDraft> {
    const { store, now } = this.#options
    this.getOpen(id)
    const returned: Returned = { by: person.id, at: now(), reason }
    const change = (held: OpenDraft): OpenDraft => {
      if (version !== undefined && version !== held.version) throw changed(id)
      checkWaits(held)
      return { ...held, returned }
    }
    await store.writeAlone([...store.drafts.changeOps(id, change), ...store.sendings.deleteOps(id)])
    return this.getOpen(id)
  }

  /** The notice that it became. */
  releasedAs(id: string): string | undefined {
    return this.#options.store.drafts.find(id)?.releasedAs
  }

  /** A draft not yet released: afterwards its text lives in the notice alone. */
  find(id: string): OpenDraft | undefined {
    const held = this.#options.store.drafts.find(id)
    return held === undefined || held.releasedAs !== undefined ? undefined : held
  }

  async list(): Promise<OpenDraft[]> {
    const all = await this.#options.store.drafts.list()
    return all.filter(draft => draft.releasedAs === undefined)
  }

  /** A draft not yet released. Throws `not-found`, `already-released`. */
  getOpen(id: string): OpenDraft {
    const held = this.#options.store.drafts.find(id)
    if (held === undefined)
      throw new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id })
    if (held.releasedAs !== undefined) {
      throw new FocalpointError(
        'already-released',
        'This draft was released already; answer the notice to change it.',
        {
          draft: id,
        },
      )
    }
    return held
  }

  /** A draft of an answering type, its reference and target filled in from the notice it answers. */
  async answer(
    about: KeptNotice,
    typeName: string,
    value: unknown,
    person: Person,
    once: { once?: Once } = {},
  ): Promise<OpenDraft> {
    const rule = findNoticeType(typeName, this.#options.types)?.answers
    if (rule === undefined) {
      throw new FocalpointError('type-unknown', `"${typeName}" is no kind of answer.`, {
        type: typeName,
        known: this.#options.types.filter(type => type.answers).map(type => type.name),
      })
    }
    const { id } = about.envelope
    const given = asObject(value)
    const others = Array.isArray(given.refs) ? given.refs : []
    return this.create(
      {
        ...usualAudience(about, given, this.#options.member),
        ...given,
        type: typeName,
        body: { ...asObject(given.body), [rule.field]: id },
        refs: [{ id, rel: rule.rel }, ...others],
      },
      person,
      once,
    )
  }

  /** The channel that this draft will travel in. Throws `channel-mixed`, `ref-elsewhere`, `channel-not-joined`. */
  channelOf(draft: Draft): Channel {
    const type = findNoticeType(draft.type, this.#options.types)
    const ofGoods = channelOfGoods(type?.keys(draft.body as never).category ?? [])
    const answered = (draft.refs ?? []).flatMap(({ id }) => this.#options.store.notices.find(id) ?? [])
    const channel = ofGoods ?? answered[0]?.envelope.channel ?? 'torture'
    for (const { envelope } of answered) {
      if (envelope.channel === channel) continue
      throw new FocalpointError(
        'ref-elsewhere',
        `The notice ${envelope.id} is in another channel than this draft.`,
        {
          id: envelope.id,
          channel: envelope.channel,
        },
      )
    }
    if (!isChannel(channel) || !this.#options.channels().includes(channel)) {
      throw new FocalpointError(
        'channel-not-joined',
        `${this.#options.member} has not joined the channel "${channel}".`,
        { channel },
      )
    }
    return channel
  }

  /** Throws what `create` throws, and keeps nothing. */
  check(value: unknown): Draft {
    const { types, member, onlyExercises } = this.#options
    const parsed = parseDraft(value, { types, member })
    const draft: Draft = onlyExercises ? { ...parsed, exercise: true } : parsed
    this.channelOf(draft)
    this.#checkAnswers(draft)
    this.#checkAudience(draft)
    this.#checkCorrection(draft)
    this.#checkDays(draft)
    return draft
  }

  /** What only the moment of release can tell: references that this node holds, what was corrected since, days. Throws `ref-unknown`, `draft-invalid`. */
  checkReleasable(draft: Draft): void {
    for (const { id } of draft.refs ?? []) {
      if (this.#options.store.notices.has(id)) continue
      throw new FocalpointError('ref-unknown', `This node holds no notice ${id} to refer to.`, { id })
    }
    this.#checkAudience(draft)
    this.#checkCorrection(draft)
    this.#checkDays(draft)
  }

  /** Who answers a notice for named readers tells nobody else of it. Throws `draft-invalid`. */
  #checkAudience(draft: Draft): void {
    const errors = audienceErrors(draft, this.#options)
    if (errors.length === 0) return
    const what = 'The notice that this refers to is for named readers: only they may read this too.'
    throw new FocalpointError('draft-invalid', what, { errors })
  }

  /** A drill may be of any year. Throws `draft-invalid`. */
  #checkDays({ type: name, body, exercise }: Draft): void {
    if (exercise === true) return
    const { types, now } = this.#options
    const faults = findNoticeType(name, types)?.faultsOn?.(body as never, dayOf(now())) ?? []
    if (faults.length === 0) return
    throw new FocalpointError('draft-invalid', 'A day in this draft does not fit today: put it right.', {
      errors: faults.map(fault => ({ ...fault, pointer: `/body${fault.pointer}` })),
    })
  }

  /** What a correction leaves must follow the form of what it corrects. Throws `draft-invalid`. */
  #checkCorrection(draft: Draft): void {
    const errors = correctionErrors(draft, this.#options)
    if (errors.length === 0) return
    const what = 'The notice would not follow its form after this correction.'
    throw new FocalpointError('draft-invalid', what, { errors })
  }

  /** Only its issuer may withdraw or correct a notice; anyone else adds a follow-up. */
  #checkAnswers(draft: Draft): void {
    const rule = findNoticeType(draft.type, this.#options.types)?.answers
    if (rule?.from !== 'issuer') return
    for (const ref of draft.refs ?? []) {
      const issuer = this.#options.store.notices.find(ref.id)?.envelope.issuer
      if (ref.rel !== rule.rel || issuer === undefined || issuer === this.#options.member) continue
      throw new FocalpointError(
        'not-the-issuer',
        `Only ${issuer} can do this to its notice; send a follow-up instead.`,
        {
          id: ref.id,
          issuer,
        },
      )
    }
  }
}

/** Throws `draft-returned`. */
export function checkWaits({ id, returned }: Pick<OpenDraft, 'id' | 'returned'>): void {
  if (returned === undefined) return
  const advice = 'This draft was sent back to whoever wrote it: it can be released once it is sent again.'
  throw new FocalpointError('draft-returned', advice, { draft: id })
}

function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function changed(id: string): FocalpointError<'draft-changed'> {
  const advice = 'Somebody changed this draft since you read it: read it again, then save.'
  return new FocalpointError('draft-changed', advice, { draft: id })
}

import { dayOf, type FieldError, FocalpointError, isError } from '#protocol'
import type { SightingReport } from '../api/customs/sighting-form.ts'
import type { Consignment } from '../consignment.ts'
import { contentOf } from '../content.ts'
import type { Drafts } from '../drafts.ts'
import type { Person } from '../people.ts'
import type { OpenDraft, Store } from '../store/index.ts'
import { sightingDraft } from './draft.ts'
import { keysOf } from './parties.ts'
import type { MatchedNotice } from './sighted.ts'

export interface SightingsOptions {
  store: Store
  drafts: Pick<Drafts, 'create'>
  /** One that this person keeps. */
  findKept: (id: string, person: Person) => { consignment: Consignment } | undefined
  /** Seconds since 1970. */
  now: () => number
}

/** From a match to the draft of a sighting in one step; another person releases it. */
export class Sightings {
  readonly #options: SightingsOptions

  constructor(options: SightingsOptions) {
    this.#options = options
  }

  /** `wrong`: what was found wrong with the report already. Throws `request-malformed` with all that is missing. */
  async draft(report: SightingReport, wrong: readonly FieldError[], person: Person): Promise<OpenDraft> {
    const { drafts, now } = this.#options
    const errors = [...wrong]
    const consignment = this.#consignmentOf(report, person, errors)
    const notice = this.#noticeOf(report, errors)
    // Without one there is nothing that could be missing from it.
    if (consignment === undefined) throw incomplete(errors)
    const made = sightingDraft({ report, consignment, notice, day: dayOf(now()) })
    errors.push(...made.errors)
    if (errors.length > 0) throw incomplete(errors)
    try {
      return await drafts.create(made.draft, person)
    } catch (error) {
      if (!isError(error, 'draft-invalid')) throw error
      throw incomplete(error.details.errors.map(each => inReport(each, consignment)))
    }
  }

  #consignmentOf(report: SightingReport, person: Person, errors: FieldError[]): Consignment | undefined {
    const { consignment, consignmentId: id } = report
    if (consignment !== undefined) {
      const { exercise, ...rest } = consignment
      return exercise === true ? { ...rest, exercise } : rest
    }
    const kept = id === undefined ? undefined : this.#options.findKept(id, person)
    if (id !== undefined && kept === undefined)
      errors.push({ pointer: '/consignmentId', code: 'unknown', detail: 'You keep no such consignment.' })
    return kept?.consignment
  }

  #noticeOf({ about }: SightingReport, errors: FieldError[]): MatchedNotice | undefined {
    if (about === undefined || !('notice' in about)) return undefined
    const kept = this.#options.store.notices.find(about.notice)
    if (kept === undefined) {
      errors.push({ pointer: '/about/notice', code: 'unknown', detail: 'This node holds no such notice.' })
      return undefined
    }
    const { envelope, parts } = kept
    const { type, body } = contentOf(envelope, parts)
    return { id: envelope.id, type, exercise: envelope.exercise, body }
  }
}

/** Fields of the draft → of the report from which they came. */
const cameFrom: readonly (readonly [draft: string, report: string])[] = [
  ['/body/goods/0/declared/description', '/consignment/description'],
  ['/body/goods/0/declared', '/consignment'],
  ['/body/goods/0/itemId', '/found/item'],
  ['/body/goods/0/watchId', '/found/item'],
  ['/body/goods/0', '/found'],
  ['/body/transport', '/consignment/transport'],
  ['/body/route', '/consignment/route'],
  ['/body/declaredEndUse', '/consignment/endUse'],
  ['/body/outcome', ''],
  ['/body/of', '/about'],
  ['/readers', '/names/readers'],
  ['/body', ''],
]

function inReport({ pointer, ...error }: FieldError, { parties = [] }: Consignment): FieldError {
  for (const [at, { key }] of keysOf(parties).entries()) {
    for (const group of [`/body/parties/${key}`, `/nominal/${key}`]) {
      if (pointer === group || pointer.startsWith(`${group}/`))
        return { pointer: `/consignment/parties/${at}${pointer.slice(group.length)}`, ...error }
    }
  }
  const found = cameFrom.find(([draft]) => pointer === draft || pointer.startsWith(`${draft}/`))
  return { pointer: found === undefined ? pointer : found[1] + pointer.slice(found[0].length), ...error }
}

function incomplete(errors: FieldError[]): FocalpointError<'request-malformed'> {
  const fields = errors.length === 1 ? '1 field is' : `${errors.length} fields are`
  return new FocalpointError(
    'request-malformed',
    `For a sighting ${fields} missing or wrong; nothing was drafted.`,
    { errors },
  )
}

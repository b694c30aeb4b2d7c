import { type FieldError, FocalpointError, findGoods, isError } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import type { Once, Person } from '../../people.ts'
import type { Desk, StoredDraft } from '../desk.ts'
import { sightingDraft } from './draft.ts'
import { readReport, type SightingReport } from './form.ts'
import { keysOf } from './parties.ts'
import type { MatchedNotice } from './sighted.ts'

export type Reporting = Pick<Desk, 'drafts' | 'notices' | 'consignments'>

/**
 * From a match to the draft of a sighting in one step; another person releases it. Throws `request-malformed` with all
 * that is wrong and all that is missing.
 */
export async function draftSighting(
  value: unknown,
  { desk, person, once, day }: { desk: Reporting; person: Person; once?: Once; day: string },
): Promise<StoredDraft> {
  const { report, errors } = readReport(value)
  errors.push(...unknownItems(report), ...contradictions(report))
  const consignment = consignmentOf(report, { desk, person }, errors)
  const notice = await noticeOf(report, desk, errors)
  // Without one there is nothing that could be missing from it.
  if (consignment === undefined) throw incomplete(errors)
  const made = sightingDraft({ report, consignment, notice, day })
  errors.push(...made.errors)
  if (errors.length > 0) throw incomplete(errors)
  try {
    return await desk.drafts.create(made.draft, person, once === undefined ? {} : { once })
  } catch (error) {
    if (!isError(error, 'draft-invalid')) throw error
    throw incomplete(inReport(error.details.errors, { report, consignment }))
  }
}

function consignmentOf(
  { consignment, consignmentId: id }: SightingReport,
  { desk, person }: { desk: Reporting; person: Person },
  errors: FieldError[],
): Consignment | undefined {
  if (consignment !== undefined) {
    const { exercise, ...rest } = consignment
    return exercise === true ? { ...rest, exercise } : rest
  }
  const kept = id === undefined ? undefined : desk.consignments.find(id, person)
  if (id !== undefined && kept === undefined)
    errors.push({ pointer: '/consignmentId', code: 'unknown', detail: 'You keep no such consignment.' })
  return kept?.consignment
}

async function noticeOf(
  { about }: SightingReport,
  { notices }: Reporting,
  errors: FieldError[],
): Promise<MatchedNotice | undefined> {
  if (about === undefined || !('notice' in about)) return undefined
  const notice = await notices.find(about.notice, { nominal: false })
  if (notice === undefined)
    errors.push({ pointer: '/about/notice', code: 'unknown', detail: 'This node holds no such notice.' })
  return notice
}

function unknownItems({ about, found }: SightingReport): FieldError[] {
  const named = [
    { pointer: '/about/item', item: about && 'item' in about ? about.item : undefined },
    { pointer: '/found/item', item: found?.item },
  ]
  return named.flatMap(({ pointer, item }) =>
    item === undefined || findGoods(item)
      ? []
      : [{ pointer, code: 'unknown', detail: 'Neither list has an item of this name.' }],
  )
}

/** What the report says of the goods must be one thing, so that nothing of it is lost. */
function contradictions({ verdict, found }: SightingReport): FieldError[] {
  if (found?.item === undefined) return []
  const errors: FieldError[] = []
  if (found.unlisted !== undefined) {
    const detail = 'Give either the item of a list or, for a good on no list, what it is.'
    errors.push({ pointer: '/found/unlisted', code: 'rule', detail })
  }
  if (verdict === 'not-the-product') {
    const detail = 'If it is this good, choose another verdict. If not, leave this out and say what it is.'
    errors.push({ pointer: '/found/item', code: 'rule', detail })
  }
  return errors
}

/** Fields of the draft → of the report from which they came. */
const cameFrom: readonly (readonly [draft: string, report: string])[] = [
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

/** A code that was only declared is wrong in one place. */
function inReport(
  errors: readonly FieldError[],
  { report, consignment }: { report: SightingReport; consignment: Consignment },
): FieldError[] {
  const isTold = ({ pointer }: FieldError) =>
    report.found?.hs !== undefined || !pointer.startsWith('/body/goods/0/hs')
  return errors.filter(isTold).map(error => oneInReport(error, consignment))
}

function oneInReport({ pointer, ...error }: FieldError, { parties = [] }: Consignment): FieldError {
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

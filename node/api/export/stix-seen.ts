import { findNoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { goodsOf } from './line.ts'
import { textAt, valuesAt } from './pointer.ts'
import { goodsIndicator, lookoutObjects } from './stix-indicator.ts'
import { descriptionOf, type StixContext, sharedBy } from './stix-notice.ts'
import { identified, type StixObject } from './stix-object.ts'
import { locationOf } from './stix-shared.ts'

/** The highest `count` (section 5.2.1). */
const countMost = 999_999_999

/** That something was seen, after what was seen: the alert that it names, else its goods. */
export async function seenObjects(view: NoticeView, context: StixContext): Promise<StixObject[]> {
  const { body } = view
  const { registry } = context
  const { before, properties } = await sharedBy(view, context)
  const target = await targetOf(view, context)
  const [of] = target.filter(({ type }) => type === 'indicator')
  const [country] = [textAt(body, '/place/unlocode'), textAt(body, '/place/customsOffice')].flatMap(
    code => code?.slice(0, 2) ?? [],
  )
  const places = country === undefined ? [] : [locationOf(country, registry)]
  const seen: StixObject = {
    ...identified({ sighting: view.id }, registry.net),
    ...properties,
    description: descriptionOf(view),
    first_seen: `${textAt(body, '/observedAt/from')}T00:00:00.000Z`,
    last_seen: `${textAt(body, '/observedAt/to')}T23:59:59.999Z`,
    ...countOf(view),
    sighting_of_ref: of?.id,
    where_sighted_refs: [properties.created_by_ref, ...places.map(({ id }) => id)],
  }
  return [...before, ...target, ...places, seen]
}

/** The indicator comes first among indicators; a drill never points at an alert that is none, nor the other way. */
async function targetOf(view: NoticeView, context: StixContext): Promise<StixObject[]> {
  const id = textAt(view.body, '/of/id')
  const named = id === undefined ? undefined : await context.notices.find(id, { nominal: false })
  const isLookout =
    named !== undefined && findNoticeType(named.type, context.types)?.intelligence === 'lookout'
  if (isLookout && named.exercise === view.exercise && context.isWanted(named))
    return lookoutObjects(named, context)
  return [goodsIndicator(isFalseAlarm(view) ? lookedFor(view) : view, context)]
}

/** With the goods that it was taken for, where they may be told: what was there instead is nothing to look out for. */
function lookedFor(view: NoticeView): NoticeView {
  const itemId = textAt(view.body, '/of/itemId')
  const onLists = goodsOf(view).filter(({ unlisted }) => unlisted === undefined)
  return { ...view, body: { ...view.body, goods: itemId === undefined ? onLists : [{ itemId }] } }
}

function isFalseAlarm({ body }: NoticeView): boolean {
  return textAt(body, '/verdict') === 'not-the-product'
}

/** None at all where it turned out to be something else: an indicator that was there and wrong (section 5.2.1). */
function countOf(view: NoticeView): { count: number; summary?: true } {
  const { body } = view
  if (isFalseAlarm(view)) return { count: 0 }
  const [count] = valuesAt(body, '/count')
  if (typeof count !== 'number') return { count: 1 }
  return { count: Math.min(count, countMost), ...(count > 1 && { summary: true }) }
}

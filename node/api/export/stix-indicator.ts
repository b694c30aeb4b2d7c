import { goodsList } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { goodsOf } from './line.ts'
import { textAt, valuesAt } from './pointer.ts'
import { descriptionOf, type StixContext, sharedBy } from './stix-notice.ts'
import { identified, mappingTime, type StixObject } from './stix-object.ts'
import { locationOf } from './stix-shared.ts'

/** A good to look out for, and where it is made and was first seen; what is referred to comes first. */
export async function lookoutObjects(view: NoticeView, context: StixContext): Promise<StixObject[]> {
  const { body, summary, exercise } = view
  const { before, properties } = await sharedBy(view, context)
  const indicator: StixObject = {
    ...identified({ indicator: view.id }, context.registry.net),
    ...properties,
    name: marked(textAt(body, '/title') ?? summary, exercise),
    description: descriptionOf(
      view,
      textAt(body, '/designAndCharacteristics'),
      textAt(body, '/allPurposes'),
      textAt(body, '/suggestedAction'),
    ),
    pattern: patternOf(view),
    pattern_type: 'stix',
    ...validityOf(view),
  }
  return [...before, indicator, ...placesOf(view, indicator, context)]
}

/** What goods are seen that no alert told of: the same goods are the same indicator, whoever saw them. */
export function goodsIndicator(view: NoticeView, { registry }: StixContext): StixObject {
  const pattern = goodsPattern(view)
  const { exercise } = view
  const names = goodsOf(view).flatMap(
    good => textAt(good, '/label') ?? textAt(good, '/unlisted/description') ?? [],
  )
  const listTime = `${goodsList.compiledOn}T00:00:00.000Z`
  return {
    ...identified({ indicator: exercise ? `exercise ${pattern}` : pattern }, registry.net),
    created: mappingTime,
    modified: listTime > mappingTime ? listTime : mappingTime,
    name: marked(names.join(', ') || 'Goods', exercise),
    description: `${exercise ? 'EXERCISE: not a real notice. ' : ''}Goods that were sighted without a product alert, by the goods list ${goodsList.id}.`,
    ...(exercise && { labels: ['exercise'] }),
    pattern,
    pattern_type: 'stix',
    valid_from: mappingTime,
  }
}

/** By the goods, and by the addresses where they are offered: platforms know these. */
function patternOf(view: NoticeView): string {
  const urls = valuesAt(view.body, '/urls/*').map(url => comparison('url:value', url))
  return [goodsPattern(view), ...urls].join(' OR ')
}

/** Section 9; goods are an object of our own there (section 11.2), for the standard has none for what is traded. */
function goodsPattern(view: NoticeView): string {
  const patterns = goodsOf(view).map(good => {
    const [item] = [...valuesAt(good, '/itemId'), ...valuesAt(good, '/watchId')]
    return item === undefined
      ? comparison('x-focalpoint-goods:description', textAt(good, '/unlisted/description') ?? '')
      : comparison('x-focalpoint-goods:item', item)
  })
  const once = [...new Set(patterns)].sort()
  return once.length === 0 ? comparison('x-focalpoint-goods:notice', view.id) : once.join(' OR ')
}

/** Backslash and quote are escaped (section 9.4, string constants). */
function comparison(path: string, value: unknown): string {
  return `[${path} = '${String(value).replace(/[\\']/g, '\\$&')}']`
}

/** From the day it was first seen to the end of its last day; `valid_until` must be the later one (section 4.7.1). */
function validityOf({ body, issuedAt }: NoticeView): { valid_from: string; valid_until?: string } {
  const seen = textAt(body, '/firstSeen/date')
  const until = textAt(body, '/validUntil')
  const valid_from = seen === undefined ? issuedAt : `${seen}T00:00:00.000Z`
  const valid_until = `${until}T23:59:59.999Z`
  return until !== undefined && valid_until > valid_from ? { valid_from, valid_until } : { valid_from }
}

function placesOf(view: NoticeView, indicator: StixObject, { registry }: StixContext): StixObject[] {
  const { created_by_ref, created, modified, revoked, object_marking_refs } = indicator
  const told = [
    ...valuesAt(view.body, '/originCountries/*').map(country => ({ country, description: 'Made there.' })),
    ...valuesAt(view.body, '/firstSeen/country').map(country => ({
      country,
      description: 'First seen there.',
    })),
  ]
  return told.flatMap(({ country, description }) => {
    const place = locationOf(String(country), registry)
    const relationship: StixObject = {
      ...identified({ relationship: `${indicator.id} ${description} ${place.id}` }, registry.net),
      ...{ created_by_ref, created, modified },
      ...(revoked === true && { revoked }),
      ...(view.exercise && { labels: ['exercise'] }),
      ...(object_marking_refs !== undefined && { object_marking_refs }),
      relationship_type: 'related-to',
      description,
      source_ref: indicator.id,
      target_ref: place.id,
    }
    return [place, relationship]
  })
}

function marked(name: string, exercise: boolean): string {
  return exercise ? `EXERCISE: ${name}` : name
}

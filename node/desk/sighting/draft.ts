import { createHash } from 'node:crypto'
import { canonical, type FieldError, goodsList, type JsonObject, sighting } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import type { SightingReport } from './form.ts'
import { sightedGood } from './good.ts'
import { partiesOf } from './parties.ts'
import type { Sighted } from './sighted.ts'
import { lineOf, proseOf } from './text.ts'

/** Clock profile: personal data goes after 5 years, the rest after 10. */
const keptYears = { body: 10, nominal: 5 }

/** What became of goods whose verdict says it; of those detained or seized somebody must say. */
const disposals: { [verdict: string]: string } = {
  seen: 'Let go.',
  suspected: 'Let go.',
  'not-the-product': 'Released: it is not the product.',
  released: 'Released.',
  'refused-entry': 'Refused entry.',
  destroyed: 'Destroyed.',
}

const letGo: readonly string[] = ['seen', 'suspected', 'not-the-product']

/** A whole draft, and what is still missing for it. */
export function sightingDraft(sighted: Sighted): { draft: JsonObject; errors: FieldError[] } {
  const { report, consignment, notice, day } = sighted
  const good = sightedGood(sighted)
  const named = partiesOf(sighted)
  const outcome = outcomeOf(report)
  const words = wordsOf(sighted)
  const transport = transportOf(consignment)
  const observed = observedOf(report, day)
  const lastDay = (years: number) => `${Number(observed.to.slice(0, 4)) + years}-12-31`
  const route = (consignment.route ?? []).filter(place => place.length === 5)
  const dispatch = consignment.dispatch ?? consignment.origin
  const body = {
    ...(report.networkRef && { networkRef: report.networkRef }),
    ...(report.nationalRef && { nationalRef: report.nationalRef }),
    of: ofWhat(sighted),
    ...(report.verdict && { verdict: report.verdict }),
    observedAt: observed,
    ...(report.place && { place: report.place }),
    ...(report.direction && { direction: report.direction }),
    ...(dispatch && { countryOfDispatch: dispatch }),
    ...(consignment.destination && { countryOfDestination: consignment.destination }),
    ...(transport.value && { transport: transport.value }),
    declaration: report.declaration ?? { hash: hashOf(consignment) },
    ...(route.length > 0 && { route }),
    goods: [good.value],
    ...(named.parties && { parties: named.parties }),
    ...(consignment.endUse && { declaredEndUse: lineOf(consignment.endUse, 500) }),
    procedure: report.procedure ?? 'examination',
    ...(outcome.value && { outcome: outcome.value }),
    ...words.value,
    tlp: report.tlp ?? 'TLP:AMBER',
    preparedBy: 'customs-officer',
    releasedBy: 'releaser',
    ...(report.confidence !== undefined && { confidence: report.confidence }),
  }
  const isDrill = consignment.exercise === true || notice?.exercise === true
  const draft = {
    type: sighting.name,
    body,
    ...(named.nominal && { nominal: named.nominal }),
    ...(named.readers && { readers: named.readers }),
    parts: {
      body: { to: 'channel', until: lastDay(keptYears.body) },
      ...(named.to && { nominal: { to: named.to, until: lastDay(keptYears.nominal) } }),
    },
    ...(notice && { refs: [{ id: notice.id, rel: 'about' }] }),
    ...(isDrill && { exercise: true }),
  }
  const errors = [good, named, outcome, words, transport].flatMap(made => made.errors)
  return { draft: draft as unknown as JsonObject, errors }
}

/** A kind of notice that a sighting is not said to be of is only referred to. */
function ofWhat({ report: { about }, notice }: Sighted): JsonObject {
  const kinds: readonly string[] = sighting.body.shape.of.shape.kind.options
  if (notice !== undefined && kinds.includes(notice.type)) return { kind: notice.type, id: notice.id }
  const item = about && 'item' in about ? about.item : undefined
  const isListed = goodsList.items.some(({ id }) => id === item)
  return item !== undefined && isListed ? { kind: 'list-item', itemId: item } : { kind: 'none' }
}

function observedOf({ observedAt }: SightingReport, day: string): { from: string; to: string } {
  if (typeof observedAt === 'object') return observedAt
  return { from: observedAt ?? day, to: observedAt ?? day }
}

/** The burden on trade is measured: hours are needed where goods were held, and welcome where they were only looked at. */
function outcomeOf({ verdict, heldHours, disposal, sampleTaken = false }: SightingReport) {
  const isNeeded = verdict !== undefined && !letGo.includes(verdict)
  if (verdict === undefined || (!isNeeded && heldHours === undefined)) return { value: undefined, errors: [] }
  const said = disposal ?? disposals[verdict]
  const errors = [
    ...missingIf(heldHours === undefined, '/heldHours', 'The goods were held: say for how many hours.'),
    ...missingIf(said === undefined, '/disposal', 'The goods were held: say what becomes of them.'),
  ]
  return { value: { heldHours: heldHours ?? 0, disposal: said ?? '', sampleTaken }, errors }
}

/** The notice in plain words; in English a sentence is made of what is known. */
function wordsOf({ report: { lang = 'en', text, verdict, place }, consignment }: Sighted) {
  if (text === undefined && lang !== 'en') {
    return {
      value: {},
      errors: missingIf(true, '/text', `Say in this language (${lang}) what was seen.`),
    }
  }
  const where = place?.unlocode ?? place?.customsOffice ?? ''
  const found = String(verdict).replaceAll('-', ' ')
  const sentence = `Screened at ${where}, declared as "${lineOf(consignment.description, 300)}": ${found}.`
  return { value: { lang, text: { [lang]: proseOf(text ?? sentence, 4000) } }, errors: [] }
}

/** Mode of transport that the means itself tells (UN/ECE Recommendation 19). */
const modes = [
  ['imo', '1'],
  ['voyage', '1'],
  ['flight', '4'],
  ['vehicle', '3'],
] as const

function transportOf({ transport }: Consignment) {
  if (transport === undefined || Object.keys(transport).length === 0) return { value: undefined, errors: [] }
  const mode = transport.mode ?? modes.find(([means]) => transport[means] !== undefined)?.[1]
  const says = 'Say by which mode of transport (UN/ECE Recommendation 19).'
  return {
    value: { ...transport, ...(mode && { mode }) },
    errors: missingIf(mode === undefined, '/consignment/transport/mode', says),
  }
}

/** Of the consignment as it was asked about: the declaration itself stays here. */
function hashOf(consignment: Consignment): string {
  return createHash('sha256')
    .update(canonical(consignment as unknown as JsonObject))
    .digest('hex')
}

function missingIf(isMissing: boolean, pointer: string, detail: string): FieldError[] {
  return isMissing ? [{ pointer, code: 'missing', detail }] : []
}

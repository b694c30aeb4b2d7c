import type { Consignment, ConsignmentParty, Match } from '../consignment.ts'
import { type Evidence, has, weighed } from './evidence.ts'
import { type NamedGoods, plainCode, spaced } from './goods/listed-goods.ts'
import type { KnownNotice } from './known-notice.ts'
import { meetAt } from './names/compare.ts'
import type { NameFound } from './names/name-index.ts'
import type { NoticeIndex, PartyPlace, Place } from './notice-index.ts'
import { reason } from './reasons.ts'
import { laneOf, noteMost, points } from './rule.ts'

/** Of notices that have no more than the goods or the code in common, only so many, the newest. */
const weakMost = 3

type Found = { notice: KnownNotice; evidence: Evidence }

/** What of the notices a consignment meets: the evidence of each notice weighed by itself. */
export function matchNotices(
  consignment: Consignment,
  goods: readonly NamedGoods[],
  { index, today }: { index: NoticeIndex; today: string },
): Match[] {
  const found: Found[] = [
    ...(consignment.parties ?? []).flatMap((party, at) => partyEvidence(party, at, index)),
    ...carrierEvidence(consignment, index),
    ...productEvidence(consignment, index),
    ...sentEvidence(consignment, goods, index),
    ...codeEvidence(consignment, index),
  ]
  const byNotice = Map.groupBy(found, ({ notice }) => notice)
  return [...byNotice].flatMap(([notice, all]) => {
    if (notice.keys.until !== undefined && notice.keys.until < today) return []
    const evidence = all.map(each => each.evidence)
    return [matchOf(notice, [...evidence, ...agreements(consignment, goods, { notice, evidence })])]
  })
}

function matchOf(notice: KnownNotice, evidence: readonly Evidence[]): Match {
  const { score, reasons } = weighed(evidence)
  const isNote = notice.keys.isHarmless === true || !has(evidence, ...telling)
  const shown = isNote ? Math.min(score, noteMost) : score
  const grounds = [ofParties, ofCarriers, ofGoods].filter(kinds => has(evidence, ...kinds)).length
  const mayBeRed = !notice.isCorrected && (grounds > 1 || has(evidence, 'declaration'))
  const lane = laneOf(shown, { mayBeRed })
  const { id, issuer, type, exercise } = notice
  const since = notice.isCorrected ? ' (corrected since: read the correction)' : ''
  const harmless = notice.keys.isHarmless === true ? ' (found to be in order)' : ''
  return {
    kind: 'notice',
    notice: id,
    issuer,
    type,
    summary: `${notice.summary}${since}${harmless}`,
    score: shown,
    lane,
    exercise,
    reasons,
  }
}

/** Red stands on two of these. */
const ofParties = ['name', 'identifier'] as const
const ofCarriers = ['carrier'] as const
const ofGoods = ['product', 'sameItem', 'sameCode'] as const
/** Without one of these a match is a note: goods go to many places, and a code covers many goods. */
const telling = ['name', 'identifier', 'product', 'carrier', 'declaration'] as const

function partyEvidence(party: ConsignmentParty, at: number, index: NoticeIndex): Found[] {
  const field = `/parties/${at}`
  const names = [party.name, ...(party.aliases ?? [])].flatMap((name, place) =>
    index.partiesNamed(name, { least: meetAt }).flatMap(found => {
      const where = place === 0 ? `${field}/name` : `${field}/aliases/${place - 1}`
      return [nameEvidence(where, name, found), ...aboutParty(field, party, found.of)]
    }),
  )
  const numbers = (party.ids ?? []).flatMap(({ scheme, value }, place) =>
    index.partiesNumbered(scheme, value).map((of): Found => {
      const values = { scheme, value, role: roleOf(of) }
      const why = reason('identifier', { field: `${field}/ids/${place}/value`, met: of.at, values })
      return { notice: of.notice, evidence: { kind: 'identifier', points: points.identifier, reason: why } }
    }),
  )
  return [...names, ...numbers]
}

function nameEvidence(field: string, name: string, { nearness, pairs, of }: NameFound<PartyPlace>): Found {
  const parts = pairs
    .filter(({ one, other }) => one !== other)
    .map(({ one, other }) => `"${one}" for "${other}"`)
  const percent = String(Math.floor(nearness * 100))
  const values = { name, percent, role: roleOf(of), known: of.value }
  const why =
    parts.length === 0
      ? reason('same-name', { field, met: of.at, nearness, values })
      : reason('near-name', { field, met: of.at, nearness, values: { ...values, how: parts.join(', ') } })
  return { notice: of.notice, evidence: { kind: 'name', points: points.name * nearness, reason: why } }
}

/** What is known of both besides the name. */
function aboutParty(field: string, party: ConsignmentParty, of: PartyPlace): Found[] {
  const key = of.at.split('/')[2] ?? ''
  const evidence: Evidence[] = []
  if (party.role !== undefined && party.role === of.role) {
    const where = { field: `${field}/role`, met: `/body/parties/${key}/role` }
    const why = reason('same-role', { ...where, values: { role: party.role } })
    evidence.push({ kind: 'sameRole', points: points.sameRole, reason: why })
  }
  if (party.country !== undefined && of.country !== undefined) {
    const isSame = party.country === of.country
    const where = { field: `${field}/country`, met: `/body/parties/${key}/country` }
    const why = isSame
      ? reason('same-country', { ...where, values: { country: of.country } })
      : reason('other-country', {
          ...where,
          nearness: 0,
          values: { country: party.country, other: of.country },
        })
    const kind = isSame ? 'sameCountry' : 'otherCountry'
    evidence.push({ kind, points: points[kind], reason: why })
  }
  return evidence.map(each => ({ notice: of.notice, evidence: each }))
}

function carrierEvidence({ transport = {}, reference }: Consignment, index: NoticeIndex): Found[] {
  const carriers = (['container', 'imo', 'vehicle'] as const).flatMap(kind => {
    const number = transport[kind]
    return number === undefined ? [] : index.carried(`${kind}:${number}`).map(of => ({ of, kind, number }))
  })
  const declared = (['mrn', 'ucr'] as const).flatMap(kind =>
    reference === undefined
      ? []
      : index.carried(`${kind}:${reference}`).map(of => ({ of, kind, number: reference })),
  )
  return [
    ...carriers.map(({ of, kind, number }): Found => {
      const why = reason('carrier', { field: `/transport/${kind}`, met: of.at, values: { kind, number } })
      return { notice: of.notice, evidence: { kind: 'carrier', points: points.carrier, reason: why } }
    }),
    ...declared.map(({ of, kind, number }): Found => {
      const why = reason('declaration', { field: '/reference', met: of.at, values: { kind, number } })
      return { notice: of.notice, evidence: { kind: 'declaration', points: points.declaration, reason: why } }
    }),
  ]
}

function productEvidence({ description }: Consignment, index: NoticeIndex): Found[] {
  return index.productsIn(description).map(({ phrase, nearness, words: found, of }) => {
    const values = { found: found.join(' '), product: phrase }
    const why = reason('product', { field: '/description', met: of.at, nearness, values })
    return {
      notice: of.notice,
      evidence: { kind: 'product', points: points.product * nearness, reason: why },
    }
  })
}

/** The same listed good to the same country as one that was refused or seen. */
function sentEvidence(
  { destination }: Consignment,
  goods: readonly NamedGoods[],
  index: NoticeIndex,
): Found[] {
  if (destination === undefined) return []
  return goods.flatMap(({ goods: { id, label } }) =>
    index
      .sentTo(id, destination)
      .slice(-weakMost)
      .map(of => {
        const values = { destination, goods: label }
        const why = reason('sent-before', { field: '/destination', met: of.at, values })
        return {
          notice: of.notice,
          evidence: { kind: 'sameDestination', points: points.sameDestination, reason: why },
        }
      }),
  )
}

function codeEvidence({ hs }: Consignment, index: NoticeIndex): Found[] {
  const code = plainCode(hs?.code)
  if (code === undefined) return []
  return index
    .productsCoded(code)
    .slice(-weakMost)
    .map(of => ({ notice: of.notice, evidence: codeAgrees(code, of) }))
}

/** What else agrees with a notice that is met already. */
function agreements(
  { hs, destination }: Consignment,
  goods: readonly NamedGoods[],
  { notice, evidence }: { notice: KnownNotice; evidence: readonly Evidence[] },
): Evidence[] {
  const { items, hs: codes, destinations } = notice.keys
  const found: Evidence[] = []
  const item = items.find(({ value }) => goods.some(({ goods }) => goods.id === value))
  if (item !== undefined) {
    const values = { item: item.value }
    const why = reason('same-item', { field: '/description', met: `/body${item.at}`, values })
    found.push({ kind: 'sameItem', points: points.sameItem, reason: why })
  }
  const code = plainCode(hs?.code)
  const same = codes.find(
    ({ value }) => code !== undefined && (value.startsWith(code) || code.startsWith(value)),
  )
  if (code !== undefined && same !== undefined && !has(evidence, 'sameCode')) {
    found.push(codeAgrees(code, { notice, at: `/body${same.at}`, value: same.value }))
  }
  const to = destinations.find(({ value }) => value === destination)
  if (to !== undefined && !has(evidence, 'sameDestination')) {
    const values = { destination: to.value }
    const why = reason('same-destination', { field: '/destination', met: `/body${to.at}`, values })
    found.push({ kind: 'sameDestination', points: points.sameDestination, reason: why })
  }
  return found
}

function codeAgrees(code: string, { at, value }: Place): Evidence {
  const values = { code: spaced(code), other: spaced(value) }
  return {
    kind: 'sameCode',
    points: points.sameCode,
    reason: reason('same-code', { field: '/hs/code', met: at, values }),
  }
}

function roleOf({ role }: PartyPlace): string {
  return role ?? 'party'
}

import { withRole } from './party.ts'
import { type Fault, faultIf, missingIf } from './rule.ts'
import { oneOf, prose } from './text.ts'

export const decisionTypes = [
  'refused',
  'annulled',
  'suspended',
  'revoked',
  'substantially-limited',
  'transit-prohibited',
  'import-refused',
  'brokering-refused',
  'ta-refused',
  'training-refused',
  'fair-advert-refused',
] as const

export const activities = [
  'export',
  'import',
  'transit',
  'transfer',
  'brokering',
  'technical-assistance',
  'training',
  'promotion',
  'production',
] as const

/** The decisions that can only concern one activity. */
export const activityOf: { [decision in (typeof decisionTypes)[number]]?: (typeof activities)[number] } = {
  'transit-prohibited': 'transit',
  'import-refused': 'import',
  'brokering-refused': 'brokering',
  'ta-refused': 'technical-assistance',
  'training-refused': 'training',
  'fair-advert-refused': 'promotion',
}

/** The decisions about an authorisation that had been given. */
export const undone = ['annulled', 'suspended', 'revoked', 'substantially-limited']

export const grounds = [
  'torture-or-ill-treatment-risk',
  'judicial-corporal-punishment',
  'capital-punishment-risk',
  'diversion-risk',
  'end-user-unverifiable',
  'embargo',
  'incomplete-information',
  'other',
] as const

const endUses = [
  'law-enforcement',
  'corrections',
  'military',
  'private-security',
  'medical',
  'veterinary',
  'industrial',
  'museum',
  'resale',
  'unknown',
  'other',
] as const

/** The code and the words of an end-use. */
export const endUseFields = {
  code: oneOf(endUses, 'Use', 'The nearest of these.'),
  text: prose('In words', 'What the goods would be used for.', 2000),
}

/** "brokering-refused" → "refused": the activity stands beside it. */
export function decisionWords(decision: (typeof decisionTypes)[number]): string {
  if (decision === 'substantially-limited') return 'substantially limited'
  return decision.split('-').at(-1) ?? decision
}

interface Receivers {
  parties: Parameters<typeof withRole>[0]
  consigneeIsEndUser: boolean
  countryOfDestination: string
  countryOfEndUse?: string | undefined
}

/** Consignees always, and end-users if they are others (ATR 26(2)). */
export function receiverFaults({
  parties,
  consigneeIsEndUser,
  countryOfDestination,
  countryOfEndUse,
}: Receivers): Fault[] {
  const endUsers = withRole(parties, 'end-user')
  const elsewhere = endUsers.some(key => parties[key]?.country !== countryOfDestination)
  return [
    ...missingIf(withRole(parties, 'consignee').length === 0, 'parties', 'One party must be the consignee.'),
    ...missingIf(!consigneeIsEndUser && endUsers.length === 0, 'parties', 'One party must be the end-user.'),
    ...faultIf(
      consigneeIsEndUser && endUsers.length > 0,
      ['consigneeIsEndUser'],
      'There is an end-user beside the consignee.',
    ),
    ...missingIf(
      elsewhere && countryOfEndUse === undefined,
      'countryOfEndUse',
      'The end-user is in another country: say where the goods would be used.',
    ),
  ]
}

interface Route {
  activity: (typeof activities)[number]
  countryOfOrigin?: string | undefined
  locationOfGoods?: object | undefined
  transitCountries?: readonly string[] | undefined
}

/** What must be known of the way, for some activities. */
export function routeFaults({
  activity,
  countryOfOrigin,
  locationOfGoods,
  transitCountries,
}: Route): Fault[] {
  const foreign = ['import', 'transit', 'brokering'].includes(activity)
  return [
    ...missingIf(
      foreign && countryOfOrigin === undefined,
      'countryOfOrigin',
      'Say where the goods come from.',
    ),
    ...missingIf(
      activity === 'brokering' && locationOfGoods === undefined,
      'locationOfGoods',
      'For brokering, say where the goods are (ATR 20(8)).',
    ),
    ...missingIf(
      activity === 'transit' && !transitCountries?.length,
      'transitCountries',
      'Say through which countries the goods pass.',
    ),
  ]
}

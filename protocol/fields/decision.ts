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

import { z } from 'zod'
import { addRule, missingIf } from './rule.ts'
import { line, oneOf } from './text.ts'

export const law = z
  .strictObject({
    instrument: line('Instrument', 'The act, regulation or treaty.'),
    article: line('Article', 'The article, section or annex item.', 100),
    nationalLaw: line('National law', 'The provision of national law that carries it out.').optional(),
  })
  .meta({ title: 'Legal basis', description: 'A provision that the decision rests on.' })

/** Where findings come from (ATR 12(2); GGE 106, 127). */
const evidenceKinds = [
  'international-judgment',
  'un-body-finding',
  'cpt',
  'srt',
  'national-judgment',
  'ngo-report',
  'media',
  'intelligence-undisclosed',
] as const

export const evidenceSource = addRule(
  z
    .strictObject({
      kind: oneOf(evidenceKinds, 'Kind', 'Who found it; "intelligence-undisclosed" needs no citation.'),
      citation: line('Citation', 'Enough for a colleague to find it.', 500).optional(),
    })
    .meta({ title: 'Source', description: 'A finding that the issuer relied on (ATR 12(2)).' }),
  ['kind', 'citation'],
  ({ kind, citation }) =>
    missingIf(
      kind !== 'intelligence-undisclosed' && citation === undefined,
      'citation',
      'Say where this can be found, or mark the source as undisclosed.',
    ),
)

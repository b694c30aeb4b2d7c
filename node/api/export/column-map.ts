import { z } from 'zod'
import { type FieldName, fields, isFieldName } from './fields.ts'
import { linesPer } from './line.ts'
import { pointerPattern } from './pointer.ts'

const named = Object.entries(fields).map(([name, { about }]) => `${name}: ${about}`)

const column = z
  .strictObject({
    name: z.string().min(1).max(100).meta({ description: 'The heading.' }),
    from: z
      .string()
      .max(300)
      .refine(text => isFieldName(text) || pointerPattern.test(text), {
        error: `Use one of our fields (${Object.keys(fields).join(', ')}), or a JSON Pointer like /body/title.`,
      })
      .exactOptional()
      .meta({
        description: `One of our fields, or a JSON Pointer into the notice in which * stands for every item; /good, /party and /names are those of the line. ${named.join(' ')}`,
      }),
    always: z
      .string()
      .max(300)
      .exactOptional()
      .meta({ description: 'The same text in every line, instead of "from".' }),
    otherwise: z
      .string()
      .max(300)
      .exactOptional()
      .meta({ description: 'The text where "from" finds nothing.' }),
  })
  .refine(({ from, always }) => (from === undefined) !== (always === undefined), {
    error: 'Give either "from" or "always".',
    path: ['from'],
  })
export type Column = z.infer<typeof column>

/** How a national system wants its table. */
export const columnMap = z
  .strictObject({
    columns: z.array(column).min(1).max(200),
    per: z
      .enum(linesPer)
      .default('good-and-party')
      .meta({ description: 'Of what each notice gives a line; at least one.' }),
    separator: z.enum([',', ';', '\t', '|']).default(','),
    decimal: z.enum(['.', ',']).default('.').meta({ description: 'The mark in numbers.' }),
    list: z.string().min(1).max(10).default('|').meta({ description: 'Between several values in one cell.' }),
    header: z.boolean().default(true).meta({ description: 'Whether the first line has the names.' }),
    bom: z.boolean().default(false).meta({ description: 'Whether it begins with a byte order mark.' }),
  })
  .meta({
    title: 'Column map',
    examples: [
      {
        columns: [
          { name: 'SOURCE', always: 'ALLIANCE' },
          { name: 'RECORD', from: 'id' },
          { name: 'PARTY_NAME', from: 'name', otherwise: 'UNKNOWN' },
          { name: 'COMMODITY', from: 'hs' },
          { name: 'END_USE', from: '/body/endUseStated/text' },
        ],
        separator: ';',
        decimal: ',',
        bom: true,
      },
    ],
  })
export type ColumnMap = z.infer<typeof columnMap>

const usual: readonly FieldName[] = [
  ...(['id', 'networkRef', 'type', 'issuer', 'issuedAt', 'status', 'standing', 'exercise'] as const),
  ...(['tlp', 'urgency', 'title', 'decision', 'activity', 'grounds', 'nationalProhibition'] as const),
  ...(['verdict', 'observedFrom', 'place', 'item', 'category', 'hs', 'hsEdition', 'description'] as const),
  ...(['quantity', 'unit', 'partyRole', 'partyCountry', 'name', 'nameLatin', 'aliases', 'ids'] as const),
  ...(['origin', 'destination', 'endUseCountry', 'lookbackUntil', 'validUntil', 'refersTo'] as const),
]

/** Where nobody gives a map; columns are only ever added to its end. */
export const usualColumns: ColumnMap = columnMap.parse({
  columns: usual.map(name => ({ name, from: name })),
})

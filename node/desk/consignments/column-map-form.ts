import { z } from 'zod'
import { identifierSchemes, partyRoles } from '#protocol'
import { customsExamples } from './examples.ts'
import { isReadableCharset } from './file-lines.ts'

/** How the text of a cell is read. */
export type CellKind = 'text' | 'code' | 'number' | 'decimal' | 'list' | 'yes'

/** Field of a column map → how its cells are read; the field is the path within a consignment. */
export const cellKinds = {
  reference: 'text',
  description: 'text',
  'hs.code': 'text',
  'hs.edition': 'code',
  'quantity.value': 'number',
  'quantity.unit': 'code',
  'value.amount': 'decimal',
  'value.currency': 'code',
  origin: 'code',
  dispatch: 'code',
  destination: 'code',
  route: 'list',
  'transport.mode': 'text',
  'transport.imo': 'text',
  'transport.voyage': 'text',
  'transport.flight': 'text',
  'transport.container': 'text',
  'transport.vehicle': 'text',
  endUse: 'text',
  exercise: 'yes',
} as const satisfies Record<string, CellKind>
export type ColumnField = keyof typeof cellKinds

const column = z.string().trim().min(1).max(200)
const character = z.string().length(1)
const fields = Object.keys(cellKinds) as [ColumnField, ...ColumnField[]]

const partyColumns = z.strictObject({
  role: z.enum(partyRoles),
  name: column,
  aliases: column.exactOptional().meta({ description: 'Several are set apart as in the route.' }),
  country: column.exactOptional(),
  id: z.strictObject({ scheme: z.enum(identifierSchemes), column }).exactOptional(),
})

/** How the columns of a national system's export stand for the fields of a consignment. */
export const columnMapForm = z
  .strictObject({
    separator: character
      .exactOptional()
      .meta({ description: 'Between cells; found by the first line when absent.' }),
    decimal: z
      .enum(['.', ','])
      .exactOptional()
      .meta({ description: 'The decimal sign; the other one then only groups digits.' }),
    charset: z
      .string()
      .max(40)
      .refine(isReadableCharset, 'This node cannot read this encoding: convert the file to UTF-8.')
      .exactOptional()
      .meta({
        description: 'As WHATWG names encodings: windows-1252, windows-1251, windows-1256; else utf-8.',
      }),
    listSeparator: character
      .exactOptional()
      .meta({ description: 'Between the places of a route and between names in one cell; else a space.' }),
    columns: z
      .partialRecord(z.enum(fields), column)
      .refine(columns => columns.description !== undefined, {
        error: 'Name the column with the description of the goods.',
        path: ['description'],
      })
      .meta({ description: 'Field → name of the column, as in the first line of the file.' }),
    parties: z.array(partyColumns).max(20).exactOptional(),
    constants: z
      .partialRecord(z.enum(fields), z.string().trim().min(1).max(200))
      .exactOptional()
      .meta({ description: 'Field → what holds for every line that gives nothing else.' }),
  })
  .meta({
    title: 'Column map',
    description: "How a national system's export is read.",
    examples: [customsExamples.columnMap],
  })

export type ColumnMap = z.output<typeof columnMapForm>

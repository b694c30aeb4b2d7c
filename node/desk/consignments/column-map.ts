import { type FieldError, FocalpointError, partyRoles } from '#protocol'
import { type CellKind, type ColumnField, type ColumnMap, cellKinds } from './column-map-form.ts'

/** Where in a record the fields of a consignment stand. */
export interface Columns {
  fields: readonly { path: readonly string[]; kind: CellKind; at: number }[]
  parties: readonly PartyColumns[]
}

/** A party of a map, with the places of its columns. */
export interface PartyColumns {
  role: string
  name: number
  aliases?: number
  country?: number
  id?: { scheme: string; at: number }
}

/** What files without a map call their columns, beside the names of the fields; case, spaces, points and dashes do not count. */
const usualNames: { [folded: string]: ColumnField } = {
  hs: 'hs.code',
  commoditycode: 'hs.code',
  edition: 'hs.edition',
  quantity: 'quantity.value',
  unit: 'quantity.unit',
  value: 'value.amount',
  amount: 'value.amount',
  currency: 'value.currency',
  goods: 'description',
  goodsdescription: 'description',
  mode: 'transport.mode',
  imo: 'transport.imo',
  voyage: 'transport.voyage',
  flight: 'transport.flight',
  container: 'transport.container',
  vehicle: 'transport.vehicle',
}

const usualSeparators = [',', ';', '\t', '|']

/** The one that stands most often in the first line. */
export function separatorIn(firstLine: string): string {
  const unquoted = firstLine.replace(/"[^"]*"/g, '')
  const counted = usualSeparators.map(sign => ({ sign, count: unquoted.split(sign).length }))
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign
}

/** A map for a file that comes without one, by the names in its first line. */
export function usualMap(header: readonly string[]): ColumnMap {
  const byName = new Map<string, ColumnField>(Object.entries(usualNames))
  for (const field of Object.keys(cellKinds) as ColumnField[]) byName.set(folded(field), field)
  const columns: ColumnMap['columns'] = {}
  for (const column of header) {
    const field = byName.get(folded(column))
    if (field !== undefined) columns[field] ??= column
  }
  const find = (name: string) => header.find(each => folded(each) === name)
  const parties = partyRoles.flatMap(role => {
    const name = find(folded(role)) ?? find(`${folded(role)}name`)
    const country = find(`${folded(role)}country`)
    return name === undefined ? [] : [{ role, name, ...(country !== undefined && { country }) }]
  })
  return { columns, parties }
}

/** Finds the columns of a map in the first line. Throws `request-malformed` for those that are not there. */
export function columnsIn(header: readonly string[], { columns, parties = [] }: ColumnMap): Columns {
  const errors: FieldError[] = []
  const find = (column: string, pointer: string): number => {
    const at = placeOf(header, column)
    if (at < 0) errors.push({ pointer, code: 'missing', detail: missing(column, header) })
    return at
  }
  const findSome = (column: string | undefined, pointer: string) =>
    column === undefined ? undefined : find(column, pointer)
  if (columns.description === undefined) find('description', '/columns/description')
  const found: Columns = {
    fields: Object.entries(columns).map(([field, column]) => ({
      path: field.split('.'),
      kind: cellKinds[field as ColumnField],
      at: find(column, `/columns/${field}`),
    })),
    parties: parties.map(({ role, name, aliases, country, id }, number) => {
      const places = {
        aliases: findSome(aliases, `/parties/${number}/aliases`),
        country: findSome(country, `/parties/${number}/country`),
      }
      const idAt = findSome(id?.column, `/parties/${number}/id/column`)
      return {
        role,
        name: find(name, `/parties/${number}/name`),
        ...(places.aliases !== undefined && { aliases: places.aliases }),
        ...(places.country !== undefined && { country: places.country }),
        ...(id !== undefined && idAt !== undefined && { id: { scheme: id.scheme, at: idAt } }),
      }
    }),
  }
  if (errors.length === 0) return found
  throw new FocalpointError('request-malformed', 'The file lacks columns that are needed.', { errors })
}

/** Names of columns that are read, and of those that no field takes. */
export function columnsRead(header: readonly string[], { fields, parties }: Columns) {
  const taken = new Set([
    ...fields.map(({ at }) => at),
    ...parties.flatMap(({ name, aliases, country, id }) => [name, aliases, country, id?.at]),
  ])
  const named = header.map((name, at) => ({ name, at })).filter(({ name }) => name !== '')
  return {
    read: named.filter(({ at }) => taken.has(at)).map(({ name }) => name),
    ignored: named.filter(({ at }) => !taken.has(at)).map(({ name }) => name),
  }
}

function placeOf(header: readonly string[], column: string): number {
  const exact = header.indexOf(column)
  return exact >= 0 ? exact : header.findIndex(name => folded(name) === folded(column))
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '')
}

function missing(column: string, header: readonly string[]): string {
  const there = header
    .slice(0, 50)
    .map(name => name.slice(0, 100))
    .join(', ')
  return `The file has no column "${column}". It has: ${there}.`
}

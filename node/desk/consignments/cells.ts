import type { Columns } from './column-map.ts'
import { type CellKind, type ColumnField, type ColumnMap, cellKinds } from './column-map-form.ts'

type Tidied = string | number | boolean | string[]
interface Group {
  [name: string]: Tidied | Group | Group[]
}

type Signs = Pick<ColumnMap, 'decimal' | 'listSeparator'>

/** Fields that mean nothing without this one beside them, as a unit without a number. */
const leading = { hs: 'code', quantity: 'value', value: 'amount' } as const

/** A record as a consignment is written in JSON; `onCell` is told which column a field came from. */
export function valueOfCells(
  cells: readonly string[],
  columns: Columns,
  map: ColumnMap,
  onCell: (pointer: string, at: number) => void = () => {},
): Group {
  const value: Group = {}
  for (const { path, kind, at } of columns.fields) {
    onCell(`/${path.join('/')}`, at)
    const cell = tidied(cells[at], kind, map)
    if (cell !== undefined) setAt(value, path, cell)
  }
  for (const [field, text] of Object.entries(map.constants ?? {})) {
    const cell = tidied(text, cellKinds[field as ColumnField], map)
    if (cell !== undefined) setUnlessThere(value, field.split('.'), cell)
  }
  for (const [name, member] of Object.entries(leading)) {
    const group = value[name]
    if (typeof group === 'object' && !Array.isArray(group) && group[member] === undefined) delete value[name]
  }
  const parties = partiesOf(cells, columns, map, onCell)
  return parties.length > 0 ? { ...value, parties } : value
}

function partiesOf(
  cells: readonly string[],
  { parties }: Columns,
  map: Signs,
  onCell: (pointer: string, at: number) => void,
): Group[] {
  const found: Group[] = []
  for (const { role, name, aliases, country, id } of parties) {
    const named = tidied(cells[name], 'text', map)
    if (named === undefined) continue
    const pointer = `/parties/${found.length}`
    const party: Group = { role, name: named }
    const take = (field: string, at: number | undefined, kind: CellKind) => {
      const cell = at === undefined ? undefined : tidied(cells[at], kind, map)
      if (cell !== undefined) party[field] = cell
      if (at !== undefined) onCell(`${pointer}/${field}`, at)
    }
    onCell(`${pointer}/name`, name)
    take('aliases', aliases, 'list')
    take('country', country, 'code')
    const value = id && tidied(cells[id.at], 'text', map)
    if (id !== undefined && value !== undefined) {
      party.ids = [{ scheme: id.scheme, value }]
      onCell(`${pointer}/ids`, id.at)
    }
    found.push(party)
  }
  return found
}

/** Each kind of cell → what JSON has for it; a text that is of no such kind stays as it is, for the form to judge. */
const kinds: Record<CellKind, (text: string, signs: Signs) => Tidied> = {
  text: text => text,
  code: text => text.toUpperCase(),
  number: (text, signs) => {
    const plain = plainNumber(text, signs)
    return plain === undefined ? text : Number(plain)
  },
  decimal: (text, signs) => plainNumber(text, signs) ?? text,
  list: (text, { listSeparator }) =>
    text
      .split(listSeparator ?? /\s+/)
      .map(each => each.trim())
      .filter(each => each !== ''),
  yes: text => yesWords[text.toLowerCase()] ?? text,
}

const yesWords: { [word: string]: boolean } = {
  yes: true,
  true: true,
  '1': true,
  no: false,
  false: false,
  '0': false,
}

function tidied(cell: string | undefined, kind: CellKind, signs: Signs): Tidied | undefined {
  const text = cell?.trim() ?? ''
  return text === '' ? undefined : kinds[kind](text, signs)
}

/** Without a decimal sign in the map nothing is taken for one that groups digits: "1,234" may be one or a thousand. */
function plainNumber(text: string, { decimal }: Signs): string | undefined {
  const tight = text.replace(/[\s'’]/g, '')
  const plain = decimal === undefined ? tight : ungrouped(tight, decimal)
  return /^\d{1,15}(\.\d+)?$/.test(plain) ? plain : undefined
}

/** Groups are of three digits: "20.5" where the comma is the decimal sign is a slip, and no two hundred and five. */
function ungrouped(text: string, decimal: '.' | ','): string {
  const grouping = decimal === ',' ? '.' : ','
  const [whole = '', fraction = '', ...more] = text.split(decimal)
  const [, ...groups] = whole.split(grouping)
  const isSound =
    groups.every(({ length }) => length === 3) && !fraction.includes(grouping) && more.length === 0
  return isSound ? text.replaceAll(grouping, '').replace(decimal, '.') : ''
}

function setAt(value: Group, [first = '', second]: readonly string[], cell: Tidied): void {
  if (second === undefined) value[first] = cell
  else value[first] = { ...(value[first] as Group | undefined), [second]: cell }
}

function setUnlessThere(value: Group, path: readonly string[], cell: Tidied): void {
  const [first = '', second] = path
  const held = value[first]
  const isThere =
    second === undefined ? held !== undefined : (held as Group | undefined)?.[second] !== undefined
  if (!isThere) setAt(value, path, cell)
}

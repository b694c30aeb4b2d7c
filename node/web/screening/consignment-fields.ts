import { type FieldError, partyRoles } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import { valueOfCells } from '../../desk/consignments/cells.ts'
import { columnsIn } from '../../desk/consignments/column-map.ts'
import { type ColumnField, type ColumnMap, cellKinds } from '../../desk/consignments/column-map-form.ts'
import { readConsignment } from '../../desk/consignments/consignment-form.ts'

/** Rows for parties on the form, each with the role that it has at first. */
export const partyRows = ['exporter', 'consignee', 'end-user', 'carrier'] as const

const roles: readonly string[] = partyRoles
const fields = Object.keys(cellKinds) as ColumnField[]
const columns = Object.fromEntries(fields.map(field => [field, field])) as ColumnMap['columns']
const countryFields: readonly string[] = ['origin', 'dispatch', 'destination']

/** What is wrong with a form, by the name of its field. */
export interface FieldFault {
  name: string
  error: FieldError
}

export type ConsignmentRead =
  | { consignment: Consignment }
  | { faults: readonly FieldFault[]; consignment?: undefined }

/** The form as a consignment, read like a line of a file; `asCode` turns the name of a country into its code. */
export function readFields(form: URLSearchParams, asCode: (country: string) => string): ConsignmentRead {
  const names = [...fields, ...partyRows.flatMap((_, row) => [nameField(row), countryField(row)])]
  const cells = names.map(name => {
    const text = form.get(name) ?? ''
    return countryFields.includes(name) || name.endsWith('.country') ? asCode(text) : text
  })
  const map = { columns, parties: partyRows.map((_, row) => partyOf(form, row)) } as ColumnMap
  const fieldOf = new Map<string, string>()
  const value = valueOfCells(cells, columnsIn(names, map), map, (pointer, at) =>
    fieldOf.set(pointer, names[at] ?? ''),
  )
  const read = readConsignment(value)
  if ('consignment' in read) return read
  return { faults: read.errors.map(error => ({ name: nearest(error.pointer, fieldOf), error })) }
}

export function nameField(row: number): string {
  return `parties.${row}.name`
}

export function roleField(row: number): string {
  return `parties.${row}.role`
}

export function countryField(row: number): string {
  return `parties.${row}.country`
}

/** The same consignment in the fields of the form, to be changed and asked about again. */
export function fieldsOf(consignment: Consignment): URLSearchParams {
  const form = new URLSearchParams()
  for (const field of fields) {
    const text = textAt(consignment, field.split('.'))
    if (text !== undefined) form.set(field, text)
  }
  for (const [row, { role, name, country }] of (consignment.parties ?? []).entries()) {
    form.set(nameField(row), name)
    if (role !== undefined) form.set(roleField(row), role)
    if (country !== undefined) form.set(countryField(row), country)
  }
  return form
}

function partyOf(form: URLSearchParams, row: number): NonNullable<ColumnMap['parties']>[number] {
  const role = form.get(roleField(row)) ?? ''
  return {
    role: (roles.includes(role) ? role : partyRows[row]) as (typeof partyRoles)[number],
    name: nameField(row),
    country: countryField(row),
  }
}

/** The field that was read into this place or into the one around it. */
function nearest(pointer: string, fieldOf: ReadonlyMap<string, string>): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = fieldOf.get(at) ?? [...fieldOf].find(([each]) => each.startsWith(`${at}/`))?.[1]
    if (found !== undefined) return found
  }
  return 'description'
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  let at: unknown = value
  for (const step of path) at = at !== null && typeof at === 'object' ? Reflect.get(at, step) : undefined
  if (Array.isArray(at)) return at.join(' ')
  if (at === true) return 'yes'
  return typeof at === 'string' || typeof at === 'number' ? String(at) : undefined
}

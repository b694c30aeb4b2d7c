import { stringify } from 'csv-stringify/sync'
import type { Office } from '../office.ts'
import { type Asked, nameOf } from './asked.ts'

/** Of two years of a large office. */
const rowsMost = 100_000

/** The trail as a table for an auditor: codes as they are kept, names beside ids, times in UTC. */
export async function trailCsv(office: Office, { before: _, ...wanted }: Asked): Promise<string> {
  const found = await office.audit.list({ ...wanted, limit: rowsMost })
  const rows = found.map(({ number, at, person, act, about, from, roles, whose, token }) => [
    number,
    new Date(at * 1000).toISOString(),
    person ?? '',
    nameOf(person, office) ?? '',
    act,
    about ?? '',
    from ?? '',
    roles?.join(' ') ?? '',
    whose ?? '',
    token ?? '',
  ])
  const columns = ['number', 'at', 'person', 'name', 'act', 'about', 'from', 'roles', 'whose', 'token']
  // What a name begins with must not be a formula in whoever's spreadsheet.
  return stringify([columns, ...rows], { escape_formulas: true })
}

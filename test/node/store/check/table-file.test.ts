import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isSoundTable } from '../../../../node/store/check/table-file.ts'
import { Database } from '../../../../node/store/rows.ts'
import { removeFolder, temporaryFolder } from '../builders.ts'

const table = await newTable()

async function newTable(): Promise<Buffer> {
  const dir = await temporaryFolder()
  const database = await Database.open(dir)
  const rows = Array.from({ length: 500 }, (_, at) => [`row!${at}`, 'x'.repeat(at)] as const)
  await database.batch(new Map(rows), { sync: false })
  await database.compact()
  await database.close()
  const name = (await readdir(dir)).find(each => each.endsWith('.ldb')) ?? ''
  const bytes = await readFile(join(dir, name))
  await removeFolder(dir)
  return bytes
}

test('a table as LevelDB wrote it is sound, and a part of it is not', () => {
  expect(isSoundTable(table)).toBe(true)
  for (const end of [0, 10, 48, table.length - 1]) expect(isSoundTable(table.subarray(0, end))).toBe(false)
})

test('a changed bit is seen wherever a block or the footer says something', () => {
  // The footer holds two places of at most ten bytes each, then filling, then eight bytes that name the format.
  const told = [...Array(table.length - 48).keys()].filter(at => at % 97 === 0 || at > table.length - 400)
  for (const at of [...told, ...[0, 1, 2, 3].map(each => table.length - 48 + each), table.length - 1]) {
    const changed = Buffer.from(table)
    changed[at] = (changed[at] ?? 0) ^ 16
    expect([at, isSoundTable(changed)]).toEqual([at, false])
  }
})

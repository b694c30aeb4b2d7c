import { expect, test } from 'vitest'
import type { ReadLine } from '../../../../node/desk/consignments/read-lines.ts'
import type { ColumnMapsDesk } from '../../../../node/desk/customs.ts'
import { readGiven } from '../../../../node/web/screening/list.ts'

const none = { find: () => undefined } as unknown as ColumnMapsDesk

async function linesOf(text: string, columns: string, columnMaps: ColumnMapsDesk = none) {
  const { lines } = await readGiven(Buffer.from(text), { columns, columnMaps })
  const read: ReadLine[] = []
  for await (const line of lines) read.push(line)
  return read
}

test('a first line names the columns', async () => {
  expect(await linesOf('hs.code;description\n8543.70;belts\n', 'named')).toEqual([
    { line: 2, consignment: { description: 'belts', hs: { code: '854370' } } },
  ])
})

test('without a first line the order tells, the last columns may be missing, and lines keep their numbers', async () => {
  expect(await linesOf('L1,belts,8543.70\nL2,"chairs\nof oak",\nL3,cuffs,85\n', 'ordered')).toMatchObject([
    { line: 1, consignment: { reference: 'L1', description: 'belts', hs: { code: '854370' } } },
    { line: 2, consignment: { reference: 'L2', description: 'chairs\nof oak' } },
    { line: 4, reference: 'L3', errors: [{ pointer: '/hs/code' }] },
  ])
})

test('lines of JSON and a JSON list are known by their first sign', async () => {
  const read = [{ line: 1, consignment: { description: 'belts' } }]
  expect(await linesOf('{"description":"belts"}\n', 'named')).toEqual(read)
  expect(await linesOf('\ufeff [{"description":"belts"}]', 'ordered')).toEqual(read)
  await expect(linesOf('[{"description":"belts"', 'named')).rejects.toMatchObject({ code: 'body-malformed' })
})

test('a map may be called like a way to tell the columns', async () => {
  const map = { version: 1, columns: { description: 'a' } }
  const maps = {
    find: (name: string) => (name === 'named' ? { map } : undefined),
  } as unknown as ColumnMapsDesk
  expect(await linesOf('a\nbelts\n', 'map:named', maps)).toMatchObject([
    { consignment: { description: 'belts' } },
  ])
})

test('a list that names no description is refused, and so is a map that is gone', async () => {
  await expect(linesOf('a,b\n1,2\n', 'named')).rejects.toMatchObject({ code: 'request-malformed' })
  await expect(linesOf('a,b\n1,2\n', 'atlas')).rejects.toMatchObject({ code: 'not-found' })
})

test('a saved map says what the columns of a national system are', async () => {
  const map = { columns: { description: 'Warenbezeichnung' } }
  const columnMaps = { find: (name: string) => (name === 'atlas' ? { map } : undefined) }
  expect(
    await linesOf('Warenbezeichnung\nbelts\n', 'atlas', columnMaps as unknown as ColumnMapsDesk),
  ).toEqual([{ line: 2, consignment: { description: 'belts' } }])
})

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isSoundLog } from '../../../../node/store/check/log-file.ts'
import { Database } from '../../../../node/store/rows.ts'
import { removeFolder, temporaryFolder } from '../builders.ts'

/** LevelDB's own log of these values, one batch each. */
async function logOf(values: readonly string[]): Promise<Buffer> {
  const dir = await temporaryFolder()
  const database = await Database.open(dir)
  for (const [at, value] of values.entries())
    await database.batch(new Map([[`row!${at}`, value]]), { sync: false })
  await database.close()
  const name = (await readdir(dir)).find(each => each.endsWith('.log')) ?? ''
  const bytes = await readFile(join(dir, name))
  await removeFolder(dir)
  return bytes
}

const small = await logOf(['one', 'two', 'three'])
const large = await logOf(Array.from({ length: 12 }, (_, at) => String(at).repeat(9000 + 13 * at)))

test('a log as LevelDB left it is sound, also when its last write was cut short at any byte', () => {
  expect(large.length).toBeGreaterThan(3 * 32_768)
  for (let end = 0; end <= small.length; end++) expect(isSoundLog(small.subarray(0, end))).toBe(true)
  for (let end = 0; end <= large.length; end += 997) expect(isSoundLog(large.subarray(0, end))).toBe(true)
})

test('a tail of zeros is what a power cut may leave', () => {
  expect(isSoundLog(Buffer.concat([small, Buffer.alloc(200)]))).toBe(true)
})

test('every changed bit is seen', () => {
  for (let at = 0; at < small.length; at++)
    for (let bit = 0; bit < 8; bit++)
      expect([at, bit, isSoundLog(flipped(small, at, bit))]).toEqual([at, bit, false])
  for (let at = 0; at < large.length; at += 1009)
    expect([at, isSoundLog(flipped(large, at, 3))]).toEqual([at, false])
})

test('what lies in blocks before the place is not looked at', () => {
  expect(isSoundLog(flipped(large, 100, 0), 40_000)).toBe(true)
  expect(isSoundLog(flipped(large, 33_000, 0), 40_000)).toBe(false)
})

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << bit)
  return copy
}

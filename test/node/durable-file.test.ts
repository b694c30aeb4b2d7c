import { chown, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDurably, replaceDurably } from '../../node/durable-file.ts'
import { openTestFolder } from './cli/run.ts'

test('a file is replaced whole, and nothing else is left behind', async () => {
  await using folder = await openTestFolder()
  const path = join(folder.path, 'secret')
  await writeFile(path, 'a longer text than the next', { mode: 0o644 })
  await replaceDurably(path, 'short')
  expect(await readFile(path, 'utf8')).toBe('short')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder.path)).toEqual(['secret'])
})

test.runIf(process.getuid?.() === 0)('a file that root replaces stays its owner’s', async () => {
  await using folder = await openTestFolder()
  const path = join(folder.path, 'secret')
  await writeFile(path, 'old')
  await chown(path, 12_345, 12_345)
  await replaceDurably(path, 'new')
  const { uid, gid } = await stat(path)
  expect({ uid, gid }).toEqual({ uid: 12_345, gid: 12_345 })
})

test('a new file never takes the place of one that is there', async () => {
  await using folder = await openTestFolder()
  const path = join(folder.path, 'new')
  await createDurably(path, 'first', { mode: 0o644 })
  expect((await stat(path)).mode & 0o777).toBe(0o644)
  await expect(createDurably(path, 'second')).rejects.toMatchObject({ code: 'already-there' })
  expect(await readFile(path, 'utf8')).toBe('first')
})

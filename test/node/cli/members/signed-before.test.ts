import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { rememberSigning } from '../../../../node/cli/members/signed-before.ts'
import { openTestFolder } from '../run.ts'

async function openFolder(): Promise<{ key: string; record: string }> {
  const folder = await openTestFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  return { key: join(folder.path, 'key.json'), record: join(folder.path, 'key.signed.json') }
}

const first = { kid: 'a key', net: 'a network', kind: 'members', version: 8, document: 'first' } as const
const other = { ...first, document: 'other' }

test('a key signs one document of a kind and version, as often as it likes', async () => {
  const { key, record } = await openFolder()
  await rememberSigning(key, first)
  await rememberSigning(key, first)
  await expect(rememberSigning(key, other)).rejects.toMatchObject({ code: 'signed-another' })
  expect((await stat(record)).mode & 0o777).toBe(0o600)
  expect(JSON.parse(await readFile(record, 'utf8')).signed).toMatchObject([{ kind: 'members', version: 8 }])
})

test('another version, kind, network or key is another matter', async () => {
  const { key } = await openFolder()
  await rememberSigning(key, first)
  for (const difference of [{ version: 9 }, { kind: 'root' as const }, { net: 'other' }, { kid: 'other' }]) {
    await expect(rememberSigning(key, { ...other, ...difference })).resolves.toBeUndefined()
  }
})

test('who says "again" signs the other one, and both are remembered', async () => {
  const { key } = await openFolder()
  await rememberSigning(key, first)
  await rememberSigning(key, other, { again: true })
  await rememberSigning(key, first)
  await rememberSigning(key, other)
  const third = { ...first, document: 'third' }
  await expect(rememberSigning(key, third)).rejects.toMatchObject({ code: 'signed-another' })
})

test('a list that cannot be read lets nothing be signed', async () => {
  const { key, record } = await openFolder()
  await writeFile(record, '{"format":')
  await expect(rememberSigning(key, first)).rejects.toMatchObject({ code: 'file-unreadable' })
})

import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type LastSigned, LastSignedFiles, nothingSigned } from '../../node/last-signed.ts'

test('what was written is read again, channel by channel', async () => {
  const { files } = await newFiles()
  await files.write('torture', recordOf(3))
  await files.write('capital', nothingSigned)
  expect(await files.read('torture')).toEqual(recordOf(3))
  expect(await files.read('capital')).toEqual(nothingSigned)
})

test('no file is not the same as nothing signed, and what cannot be read is no record', async () => {
  const { files, folder } = await newFiles()
  expect(await files.read('torture')).toBeUndefined()
  await files.write('torture', recordOf(1))
  for (const text of ['', '{"seq":1', '[]', '{"seq":"1"}', '{"seq":2,"id":null,"notice":null}']) {
    await writeFile(join(folder, 'torture.json'), text)
    expect(await files.read('torture')).toBeUndefined()
  }
})

test('writes asked for at once are done one after the other, and the last one stands', async () => {
  const { files, folder } = await newFiles()
  await Promise.all(Array.from({ length: 30 }, (_, at) => files.write('torture', recordOf(at + 1))))
  expect(await files.read('torture')).toEqual(recordOf(30))
  expect(await readdir(folder)).toEqual(['torture.json'])
})

test('a replacement is made of what is held when its turn has come', async () => {
  const { files } = await newFiles()
  const seen: (number | undefined)[] = []
  const next = (held: LastSigned | undefined) => {
    seen.push(held?.seq)
    return held?.seq === 2 ? undefined : recordOf((held?.seq ?? 0) + 1)
  }
  await Promise.all([1, 2, 3].map(() => files.replace('torture', next)))
  expect(seen).toEqual([undefined, 1, 2])
  expect(await files.read('torture')).toEqual(recordOf(2))
})

test('after a failed write the next one is made all the same', async () => {
  const { files } = await newFiles()
  const failed = files.replace('torture', () => {
    throw new RangeError('of this test')
  })
  const written = files.write('torture', recordOf(1))
  await expect(failed).rejects.toThrow(RangeError)
  await written
  expect(await files.read('torture')).toEqual(recordOf(1))
})

test('a full disk, and a folder that is none, say so with their codes', async () => {
  const { files, folder } = await newFiles()
  await files.write('torture', recordOf(1))
  await symlink('/dev/full', join(folder, 'torture.json.new'))
  await expect(files.write('torture', recordOf(2))).rejects.toMatchObject({ code: 'disk-full' })
  expect(await files.read('torture')).toEqual(recordOf(1))
  const nowhere = new LastSignedFiles(join(folder, 'torture.json'))
  await expect(nowhere.write('torture', recordOf(2))).rejects.toMatchObject({ code: 'store-failed' })
})

test('only the owner can read it', async () => {
  const { files, folder } = await newFiles()
  await files.write('torture', recordOf(1))
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder, 'torture.json'))).mode & 0o777).toBe(0o600)
})

test('once closed, what was under way is finished and nothing more is written', async () => {
  const { files } = await newFiles()
  await files.write('torture', recordOf(1))
  await files[Symbol.asyncDispose]()
  await files.write('torture', recordOf(2))
  expect(await files.read('torture')).toEqual(recordOf(1))
})

function recordOf(seq: number): LastSigned {
  return { seq, id: `id ${seq}`, notice: `notice ${seq}`.repeat(500) }
}

async function newFiles(): Promise<{ files: LastSignedFiles; folder: string }> {
  const parent = await mkdtemp(join(tmpdir(), 'focalpoint-last-signed-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const folder = join(parent, 'last-signed')
  return { files: new LastSignedFiles(folder), folder }
}

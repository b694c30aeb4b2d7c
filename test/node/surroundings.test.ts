import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lookAround } from '../../node/surroundings.ts'

async function testFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'focalpoint-around-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

test('the disk tells what is free, and the folder what lies in it', async () => {
  const folder = await testFolder()
  await mkdir(join(folder, 'store-damaged-20261122T080000Z'))
  const later = join(folder, 'store-damaged-20261122T090000Z')
  await mkdir(later)
  await writeFile(
    join(later, 'found.json'),
    JSON.stringify({ state: 'emptied', at: '2026-11-22T09:00:00Z', what: [] }),
  )
  await mkdir(join(folder, 'store'))
  await writeFile(join(folder, 'last-backup.json'), JSON.stringify({ at: '2026-11-22T08:00:00Z', to: '/b' }))
  const { diskFreeBytes, lastBackupAt, madeAt, setAside } = await lookAround(folder)
  expect(diskFreeBytes).toBeGreaterThan(0)
  expect(lastBackupAt).toBe(Date.parse('2026-11-22T08:00:00Z') / 1000)
  expect(madeAt).toBeGreaterThan(1_700_000_000)
  expect(setAside).toEqual([
    { folder: 'store-damaged-20261122T080000Z', state: 'damaged', at: undefined },
    {
      folder: 'store-damaged-20261122T090000Z',
      state: 'emptied',
      at: Date.parse('2026-11-22T09:00:00Z') / 1000,
    },
  ])
})

test('what cannot be read is not known', async () => {
  const folder = await testFolder()
  expect(await lookAround(join(folder, 'missing', 'deeper'))).toEqual({
    diskFreeBytes: undefined,
    inodesFree: undefined,
    lastBackupAt: undefined,
    madeAt: undefined,
    setAside: [],
  })
  await writeFile(join(folder, 'last-backup.json'), '{"at":"never"}')
  expect((await lookAround(folder)).lastBackupAt).toBeUndefined()
  await writeFile(join(folder, 'last-backup.json'), '{"at":1800000000}')
  expect((await lookAround(folder)).lastBackupAt).toBe(1_800_000_000)
})

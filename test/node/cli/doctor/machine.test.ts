import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkMachine, checkVersions } from '../../../../node/cli/doctor/machine.ts'
import { configOf } from '../../../../node/config.ts'
import { openTestFolder } from '../run.ts'

test.each([
  { version: '24.22.1', state: 'ok' },
  { version: '24.23.0', state: 'ok' },
  { version: '25.0.0', state: 'ok' },
  { version: '24.22.0', state: 'warning' },
  { version: '24.9.9', state: 'warning' },
  { version: '22.30.0', state: 'wrong' },
])('Node $version is $state', async ({ version, state }) => {
  const findings = await checkVersions(version)
  expect(findings).toMatchObject([
    { check: 'focalpoint', state: 'ok' },
    { check: 'node.js', state },
  ])
})

test('disk, stores set aside and the age of the backup are looked at', async () => {
  await using folder = await openTestFolder()
  const now = 1_800_000_000
  const statesWith = async (freeSpaceMib: number) => {
    const config = configOf({ member: 'QM', dataDir: folder.path, store: { freeSpaceMib } })
    return Object.fromEntries((await checkMachine(config, now)).map(({ check, state }) => [check, state]))
  }
  expect(await statesWith(1)).toEqual({ disk: 'ok', store: 'ok', backup: 'warning' })
  await writeFile(join(folder.path, 'last-backup.json'), JSON.stringify({ at: now - 86_400 }))
  await mkdir(join(folder.path, 'store-damaged-20261122T080000Z'))
  expect(await statesWith(1)).toEqual({ disk: 'ok', store: 'warning', backup: 'ok' })
  await writeFile(join(folder.path, 'last-backup.json'), JSON.stringify({ at: now - 7 * 86_400 }))
  expect(await statesWith(1_000_000_000)).toMatchObject({ disk: 'wrong', backup: 'warning' })
})

import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stringify } from 'smol-toml'
import { expect, test } from 'vitest'
import { type Participant, Participants } from '../../network/participants.ts'
import { installed } from '../backup/backups.ts'
import { type Ran, runFocalpoint } from './run.ts'

test('a node is backed up while it runs and when it does not, and restored where it may be', async () => {
  await using alliance = await Participants.make(1)
  const [node] = await alliance.openReady(['QM'])
  await node.issue()
  await node.issue()
  const { keyFile } = await installed(alliance, 'QM')
  const folder = dirname(keyFile)
  await writeFile(join(folder, 'focalpoint.toml'), settingsFor(node))
  const run = (words: string[], as = '') =>
    runFocalpoint(words, { folder, environment: { FOCALPOINT_TOKEN: as } })
  const to = join(alliance.folder, 'backups')

  // Running: through its API, which lets administrators alone.
  const create = ['backup', 'create', '--to', to, '--json']
  expect(await run(create, await tokenOf(node, 'officer'))).toMatchObject({ code: 4, stdout: '' })
  const backup = said(await run(create, await tokenOf(node, 'admin')))
  expect(backup).toMatchObject({ member: 'QM', counts: { notice: 2 }, folder: expect.stringContaining(to) })
  expect(await readdir(to)).toHaveLength(1)
  expect(JSON.parse(await readFile(join(node.dataDir, 'last-backup.json'), 'utf8'))).toEqual({
    at: expect.any(Number),
    to: backup.folder,
    bytes: backup.bytes,
  })
  expect((await stat(backup.folder)).mode & 0o777).toBe(0o700)
  for (const name of await readdir(backup.folder))
    expect((await stat(join(backup.folder, name))).mode & 0o777).toBe(0o600)

  expect(said(await run(['backup', 'verify', backup.folder, '--json']))).toMatchObject({
    valid: true,
    notices: 2,
  })
  const changed = join(alliance.folder, 'changed')
  await cp(backup.folder, changed, { recursive: true })
  await appendFile(join(changed, 'rows.ndjson'), '\n')
  expect(await run(['backup', 'verify', changed])).toMatchObject({ code: 6, stdout: '' })
  expect(await run(['restore', changed, '--replace'])).toMatchObject({ code: 6 })
  const parent = await run(['backup', 'verify', to])
  expect(parent).toMatchObject({ code: 6, stderr: expect.stringContaining(backup.folder) })

  // A store that is there, and a node that runs on it, are left alone.
  const before = await readdir(node.dataDir)
  expect(await run(['restore', backup.folder])).toMatchObject({ code: 4 })
  expect(await run(['restore', backup.folder, '--replace'])).toMatchObject({ code: 1 })
  expect(await readdir(node.dataDir)).toEqual(before)

  // Not running: from its files.
  await alliance.close('QM')
  const later = said(await run(create))
  expect(later.heads).toEqual(backup.heads)
  const restored = said(await run(['restore', later.folder, '--replace', '--json']))
  expect(await readdir(restored.setAside)).toEqual(expect.arrayContaining(['store', 'torture.json']))

  // A restore that is refused leaves nothing behind, and none may write into the backup.
  const empty = join(alliance.folder, 'empty')
  await mkdir(empty)
  const refused = await runFocalpoint(['restore', later.folder, '--to', node.dataDir], { folder: empty })
  expect(refused.code).toBe(4)
  expect(await readdir(empty)).toEqual([])
  const files = await readdir(later.folder)
  const settings = join(later.folder, 'focalpoint.toml')
  const inside = await runFocalpoint(['restore', later.folder, '--config', settings], { folder: empty })
  expect(inside.code).toBe(4)
  expect(await readdir(later.folder)).toEqual(files)
  const strange = join(alliance.folder, 'strange')
  await cp(later.folder, strange, { recursive: true })
  await writeFile(join(strange, 'focalpoint-keys.json'), '{}')
  const verified = said(await run(['backup', 'verify', strange, '--json']))
  expect(verified).toMatchObject({ valid: true, strangers: ['focalpoint-keys.json'] })

  // On a new machine the backup brings settings, keys and registry along.
  const machine = join(alliance.folder, 'another machine')
  await mkdir(machine)
  const there = await runFocalpoint(['restore', later.folder, '--to', 'data'], { folder: machine })
  expect(there.code).toBe(0)
  expect(there.stderr).toContain(`serve --data-dir ${join(machine, 'data')}`)
  for (const name of ['focalpoint.toml', 'keys.json', 'trust.json', join('data', 'store')])
    expect(existsSync(join(machine, name)), name).toBe(true)
  expect(existsSync(join(machine, 'data', 'last-signed'))).toBe(false)
})

function said({ code, stdout, stderr }: Ran) {
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}

function settingsFor({ node }: Participant): string {
  return stringify({
    member: 'QM',
    data_dir: '../QM',
    key_file: 'keys.json',
    trust_file: 'trust.json',
    api: { port: Number(new URL(node.url).port) },
  })
}

async function tokenOf({ node }: Participant, role: 'admin' | 'officer'): Promise<string> {
  const person = await node.people.add({ name: `The ${role}`, roles: [role] })
  return (await node.people.createToken({ person: person.id, label: role, days: 1 })).secret
}

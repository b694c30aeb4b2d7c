import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Finding } from '../../../../node/cli/doctor/finding.ts'
import { runFocalpoint } from '../run.ts'
import { type Installation, install } from './installation.ts'

async function examine({
  folder,
}: Pick<Installation, 'folder'>): Promise<{ code: number; findings: Finding[] }> {
  const { code, stdout } = await runFocalpoint(['doctor', '--json'], { folder })
  return { code, findings: JSON.parse(stdout) }
}

const checksThatAre = (state: Finding['state'], findings: readonly Finding[]) =>
  findings.filter(finding => finding.state === state).map(({ check }) => check)

test('a sound installation has nothing wrong, also while no node runs', async () => {
  await using installed = await install()
  const { code, findings } = await examine(installed)
  expect({ code, wrong: checksThatAre('wrong', findings) }).toEqual({ code: 0, wrong: [] })
  expect(checksThatAre('ok', findings)).toEqual(
    expect.arrayContaining([
      'configuration',
      'signing key',
      'node key',
      'trust file',
      'registry expiry',
      'data folder',
    ]),
  )
  expect(checksThatAre('warning', findings)).toEqual(expect.arrayContaining(['key file', 'backup', 'node']))
  for (const { state, todo } of findings) if (state !== 'ok') expect(todo).toMatch(/^\S.{5,}/)
})

test('for people it is a line for what is so and one for what to do, and quiet leaves out what is well', async () => {
  await using installed = await install()
  await rm(join(installed.folder, 'data'), { recursive: true })
  const { code, stdout } = await runFocalpoint(['doctor'], installed)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^✔ configuration .*focalpoint\.toml/m)
  expect(stdout).toMatch(/^! data folder .*\n {2} *→ /m)
  const quiet = await runFocalpoint(['doctor', '--quiet'], installed)
  expect(quiet.stdout).not.toContain('✔')
  expect(quiet.stdout).toContain('! data folder')
})

test("keys that others can read, or that are another member's or missing, are wrong", async () => {
  await using installed = await install()
  await chmod(installed.keyFile, 0o644)
  const exposed = await examine(installed)
  expect({ code: exposed.code, wrong: checksThatAre('wrong', exposed.findings) }).toEqual({
    code: 1,
    wrong: ['key file'],
  })
  await chmod(installed.keyFile, 0o600)
  await installed.set({ member: 'QN' })
  expect(checksThatAre('wrong', (await examine(installed)).findings)).toContain('keys')
  await installed.set({ key_file: 'elsewhere.json' })
  expect(checksThatAre('wrong', (await examine(installed)).findings)).toContain('key file')
})

test('a recovery key that still lies beside the others is told of', async () => {
  await using installed = await install()
  await writeFile(join(installed.folder, 'recovery-key.json'), '{}')
  expect(checksThatAre('warning', (await examine(installed)).findings)).toContain('recovery key')
})

test('keys that the trust file does not know are wrong', async () => {
  await using installed = await install()
  await using other = await install({ seed: 'of another alliance' })
  await writeFile(join(installed.folder, 'trust.json'), other.alliance.trust)
  const { findings } = await examine(installed)
  expect(checksThatAre('wrong', findings)).toEqual(['signing key', 'node key'])
})

test('a registry that has expired long ago is wrong, and one that is no trust file as well', async () => {
  await using installed = await install({ issued: '2020-01-01', expires: '2021-01-01' })
  expect(checksThatAre('wrong', (await examine(installed)).findings)).toEqual(['registry expiry'])
  await writeFile(join(installed.folder, 'trust.json'), '{}')
  expect(checksThatAre('wrong', (await examine(installed)).findings)).toEqual(['trust file'])
})

test('a configuration that cannot be read is said first, with what is wrong in it', async () => {
  await using installed = await install()
  await installed.set({ data_dri: 'data' })
  const { code, findings } = await examine(installed)
  expect(code).toBe(1)
  expect(findings[0]).toMatchObject({ check: 'configuration', state: 'wrong' })
  expect(findings[0]?.what).toContain('data_dri')
})

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTrust } from '#protocol'
import type { NetworkAnswer } from '../../../../node/cli/answers.ts'
import { checkFiles } from '../../../../node/cli/doctor/files.ts'
import { configOf } from '../../../../node/config.ts'
import { install } from './installation.ts'

const now = Date.parse('2026-11-22T08:00:00Z') / 1000

test('what the running node knows counts more than the trust file that it began with', async () => {
  await using installed = await install({ issued: '2020-01-01', expires: '2021-01-01' })
  const config = configOf({
    member: 'QM',
    dataDir: join(installed.folder, 'data'),
    keyFile: installed.keyFile,
    trustFile: join(installed.folder, 'trust.json'),
  })
  const registry = await openTrust(installed.alliance.trust)
  const kid = registry.members.members.find(({ id }) => id === 'QM')?.signing[0]?.kid ?? ''
  const networkWith = (state: string, expires: string, more: object = {}) =>
    ({
      participants: [{ member: 'QM', status: 'up to date', keys: [{ kid, state }], ...more }],
      registry: { members: 2, expires },
      alarms: [],
    }) as unknown as NetworkAnswer
  const statesWith = async (network: NetworkAnswer | undefined) =>
    Object.fromEntries(
      (await checkFiles(config, { now, network })).findings.map(({ check, state }) => [check, state]),
    )
  expect(await statesWith(undefined)).toMatchObject({ 'registry expiry': 'wrong', 'signing key': 'ok' })
  expect(await statesWith(networkWith('in force', '2027-06-01T00:00:00.000Z'))).toMatchObject({
    'registry expiry': 'ok',
    'signing key': 'ok',
  })
  expect(await statesWith(networkWith('stopped', '2026-12-01T00:00:00.000Z'))).toMatchObject({
    'registry expiry': 'warning',
    'signing key': 'wrong',
  })
  const later = '2027-06-01T00:00:00.000Z'
  const refused = {
    ...networkWith('in force', later),
    alarms: [{ code: 'refused-by-all', at: later, detail: '' }],
  }
  expect(await statesWith(refused)).toMatchObject({ 'signing key': 'warning' })
  const suspended = await statesWith(networkWith('ended', later, { status: 'suspended' }))
  expect(suspended).toMatchObject({ keys: 'wrong' })
  expect(suspended).not.toHaveProperty('signing key')
})

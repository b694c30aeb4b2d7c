import { expect, test } from 'vitest'
import { openClient } from '../../../../node/cli/client.ts'
import { checkRunning } from '../../../../node/cli/doctor/running.ts'
import type { NetworkView, ParticipantView } from '../../../../node/desk/desk.ts'
import { openTestApi } from '../../api/open-test-api.ts'

const sound: ParticipantView = {
  member: 'QN',
  names: { en: 'Norvane' },
  status: 'up to date',
  connected: true,
  behindBy: 0,
  clockDifferenceSeconds: 1,
  keys: [],
}

/** Check → its worst state, of a node that tells this. */
async function statesWith(
  changed: Partial<NetworkView>,
  { as = 'coordinator', ready = true }: { as?: 'coordinator' | 'customs'; ready?: boolean } = {},
): Promise<Record<string, string>> {
  await using api = await openTestApi()
  const network = { ...api.desk.network(), participants: [sound], alarms: [], ...changed }
  api.desk.network = () => network
  api.desk.ready = ready
  const { findings, isRunning } = await checkRunning(openClient({ url: api.url, token: api.tokens[as] }))
  expect(isRunning).toBe(true)
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]))
}

const well = { node: 'ok', ready: 'ok', clock: 'ok', signing: 'ok', peers: 'ok' }

test('of a node that is well everything is', async () => {
  expect(await statesWith({})).toEqual(well)
})

test.each([
  { what: 'a clock ten minutes off', changed: { clockDifferenceSeconds: -601 }, found: { clock: 'wrong' } },
  { what: 'a clock two minutes off', changed: { clockDifferenceSeconds: 120 }, found: { clock: 'warning' } },
  { what: 'a peer that is not heard', changed: { status: 'not heard' as const }, found: { peers: 'wrong' } },
])('$what is told', async ({ changed, found }) => {
  expect(await statesWith({ participants: [{ ...sound, ...changed }] })).toEqual({ ...well, ...found })
})

test('one of two peers away is a warning, and a clock that nobody told of is not known', async () => {
  const { clockDifferenceSeconds: _, ...silent } = sound
  const away = { ...silent, member: 'XD', status: 'refusing us' as const }
  expect(await statesWith({ participants: [silent, away] })).toEqual({
    ...well,
    clock: 'warning',
    peers: 'warning',
  })
})

test.each([
  { state: 'recovering', found: 'warning' },
  { state: 'stopped', found: 'wrong' },
])('signing that is $state is $found', async ({ state, found }) => {
  const channels = [{ channel: 'torture', state, reason: 'So it is.', heardFrom: 0, others: 1 }]
  expect(await statesWith({ channels })).toEqual({ ...well, signing: found })
})

test('that all members refuse the node is told with its peers, and what to do', async () => {
  const alarm = { code: 'refused-by-all', at: '2026-11-22T08:00:00.000Z', detail: 'They refuse. Call.' }
  expect(await statesWith({ alarms: [alarm] })).toEqual({ ...well, peers: 'wrong' })
})

test('a fork that somebody proved is told; what has a check of its own is not told twice', async () => {
  const at = '2026-11-22T08:00:00.000Z'
  const alarms = ['fork-proven', 'backup-old'].map(code => ({ code, at, detail: code }))
  expect(await statesWith({ alarms })).toEqual({ ...well, alarm: 'warning' })
})

test('that most of the others run something newer is told', async () => {
  const running = (member: string, software: string) => ({ ...sound, member, software })
  const all = (...versions: string[]) => [
    running('QM', '0.9.0'),
    ...versions.map((version, at) => running(`QX${at}`, version)),
  ]
  expect(await statesWith({ participants: all('0.10.0', '0.10.1') })).toEqual({
    ...well,
    focalpoint: 'warning',
  })
  expect(await statesWith({ participants: all('0.10.0', '0.9.0') })).toEqual(well)
})

test("a node that is not ready is wrong, and without a coordinator's token the rest is not known", async () => {
  expect(await statesWith({}, { ready: false })).toEqual({ ...well, ready: 'wrong' })
  expect(await statesWith({}, { as: 'customs' })).toEqual({ node: 'ok', ready: 'ok', network: 'warning' })
})

test('that no node answers is a warning: it may be stopped on purpose', async () => {
  const { findings, isRunning } = await checkRunning(openClient({ url: 'http://127.0.0.1:9' }))
  expect(isRunning).toBe(false)
  expect(findings).toMatchObject([{ check: 'node', state: 'warning' }])
})

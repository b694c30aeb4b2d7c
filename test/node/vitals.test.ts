import { afterAll, beforeAll, expect, test } from 'vitest'
import { thumbprint } from '#protocol'
import { gauges } from '../../node/metric-table.ts'
import { eventually } from '../eventually.ts'
import { type Participant, Participants } from '../network/participants.ts'
import { readExposition } from './exposition.ts'

let alliance: Participants
let QM: Participant
let QN: Participant

beforeAll(async () => {
  alliance = await Participants.make(3)
  ;[QM, QN] = await alliance.openReady(['QM', 'QN'])
  await QM.issue()
})
afterAll(() => alliance[Symbol.asyncDispose]())

const metricsOf = async ({ node }: Participant) =>
  readExposition(await (await fetch(node.metricsUrl ?? '')).text())

async function gaugeOf(participant: Participant, name: string, labels: Record<string, string> = {}) {
  const { samples } = await metricsOf(participant)
  return samples.find(
    sample =>
      sample.name === `focalpoint_${name}` && JSON.stringify(sample.labels) === JSON.stringify(labels),
  )?.value
}

test('who holds whose notices is known on both sides, also of who was never heard', async () => {
  for (const { node } of [QM, QN]) {
    await eventually(() => {
      const { holdings } = node.desk.network()
      expect(holdings.filter(({ channel }) => channel === 'torture')).toEqual([
        {
          channel: 'torture',
          issuer: 'QM',
          head: 1,
          heldBy: { count: 2, of: 3 },
          heldBySeq: { QM: 1, QN: 1 },
        },
      ])
    })
  }
})

test('every participant is told of with versions, keys and clock', async () => {
  await eventually(() => {
    const { member, participants, channels, signing, registry } = QM.node.desk.network()
    expect(member).toBe('QM')
    expect(signing).toEqual({ state: 'ready' })
    expect(channels).toContainEqual({
      channel: 'torture',
      state: 'ready',
      key: thumbprint(alliance.keysOf('QM').signing),
      heardFrom: 1,
      others: 2,
    })
    expect(registry).toMatchObject({
      root: 1,
      members: 1,
      expired: false,
      hash: alliance.registry.membersHash,
    })
    expect(participants).toMatchObject([
      { member: 'QM', status: 'up to date', keys: [{ state: 'in force' }] },
      {
        member: 'QN',
        status: 'up to date',
        connected: true,
        rootVersion: 1,
        membersVersion: 1,
        clockDifferenceSeconds: expect.any(Number),
        storeBytes: expect.any(Number),
        lagMs: expect.any(Number),
      },
      { status: 'not heard', connected: false },
    ])
  })
})

test('every gauge of the table is measured, with bounded labels', async () => {
  await eventually(async () => {
    const { families } = await metricsOf(QM)
    expect(Object.keys(gauges).filter(name => families.get(`focalpoint_${name}`) !== 'gauge')).toEqual([])
    expect(await gaugeOf(QM, 'peers', { status: 'up to date' })).toBe(1)
    expect(await gaugeOf(QM, 'outbox_waiting')).toBe(1)
  })
  expect(await gaugeOf(QM, 'peers', { status: 'not heard' })).toBe(1)
  expect(await gaugeOf(QM, 'signing', { channel: 'torture', state: 'ready' })).toBe(1)
  expect(await gaugeOf(QM, 'signing', { channel: 'torture', state: 'stopped' })).toBe(0)
  expect(await gaugeOf(QM, 'held_by_all_ratio')).toBe(0)
  expect(await gaugeOf(QM, 'notices')).toBe(1)
  expect(await gaugeOf(QM, 'behind_notices')).toBe(0)
  expect(await gaugeOf(QM, 'disk_free_bytes')).toBeGreaterThan(0)
  expect(await gaugeOf(QM, 'registry_expiry_timestamp_seconds')).toBeGreaterThan(0)
  expect(await gaugeOf(QM, 'outbox_oldest_seconds')).toBeGreaterThanOrEqual(0)
  const { samples } = await metricsOf(QM)
  const { members } = alliance.registry.members
  const ids = members.flatMap(({ id, signing, nodes }) => [
    id,
    ...signing.map(({ kid }) => kid),
    ...nodes.map(({ peerId }) => peerId),
  ])
  const values = samples
    .filter(({ name }) => name.startsWith('focalpoint_'))
    .flatMap(({ labels }) => Object.values(labels))
  expect(values.filter(value => ids.includes(value))).toEqual([])
})

test('with the last member there, all hold all, and nothing waits', async () => {
  const third = alliance.registry.members.members.map(({ id }) => id).find(id => !['QM', 'QN'].includes(id))
  await alliance.openReady([third ?? ''])
  await eventually(async () => {
    expect(await gaugeOf(QM, 'held_by_all_ratio')).toBe(1)
    expect(await gaugeOf(QM, 'outbox_waiting')).toBe(0)
    expect(QM.node.desk.network().holdings).toMatchObject([{ heldBy: { count: 3, of: 3 } }])
  })
})

import { expect, test } from 'vitest'
import { expiryOf, limits } from '#protocol'
import { AlarmClock, alarmCodes, conditionAlarms, peerAlarms, trustAlarms } from '../../node/alarms.ts'
import type { RegistryConflict, StoredFork, StoredStop } from '../../node/store/index.ts'
import { found } from '../protocol/registry/builders.ts'

const { registry } = await found()
const expiry = expiryOf(registry)
const day = 86_400
const quietTime = expiry - 100 * day

type Conditions = Parameters<typeof conditionAlarms>[0]

const quiet: Conditions = {
  registry,
  surroundings: {
    diskFreeBytes: 1000,
    inodesFree: 1000,
    lastBackupAt: quietTime,
    madeAt: quietTime,
    setAside: [],
  },
  diskFloorBytes: 100,
  backupDays: 7,
  clockDifference: undefined,
  now: quietTime,
}

function codesWith(changed: Partial<Omit<Conditions, 'surroundings'>> & { surroundings?: object }): string[] {
  const { surroundings, ...rest } = changed
  return conditionAlarms({ ...quiet, ...rest, surroundings: { ...quiet.surroundings, ...surroundings } }).map(
    ({ code }) => code,
  )
}

test('a node with nothing amiss has no alarm', () => {
  expect(codesWith({})).toEqual([])
  expect(codesWith({ clockDifference: limits.clockToleranceSeconds })).toEqual([])
  expect(trustAlarms({ registry, forks: [], stops: [], conflicts: [] })).toEqual([])
})

test.each([
  {
    what: 'a clock that is off',
    changed: { clockDifference: -limits.clockToleranceSeconds - 1 },
    code: 'clock-off',
  },
  { what: 'a disk below the floor', changed: { surroundings: { diskFreeBytes: 99 } }, code: 'disk-low' },
  {
    what: 'a store set aside',
    changed: { surroundings: { setAside: [{ folder: 'store-damaged-1', state: 'damaged', at: 5 }] } },
    code: 'store-set-aside',
  },
  {
    what: 'an old backup',
    changed: { surroundings: { lastBackupAt: quietTime - 7 * day } },
    code: 'backup-old',
  },
  {
    what: 'no backup after a week',
    changed: { surroundings: { lastBackupAt: undefined, madeAt: quietTime - 7 * day } },
    code: 'backup-old',
  },
])('there is an alarm for $what', ({ changed, code }) => {
  expect(codesWith(changed)).toEqual([code])
})

test('a new node is not reminded of a backup at once, and a disk that does not tell is no full one', () => {
  expect(codesWith({ surroundings: { lastBackupAt: undefined } })).toEqual([])
  expect(codesWith({ surroundings: { diskFreeBytes: undefined } })).toEqual([])
})

test('a registry is told of thirty days before it expires, and otherwise once it has', () => {
  const at = (now: number) => codesWith({ now, surroundings: { lastBackupAt: now } })
  expect(at(expiry - 30 * day - 1)).toEqual([])
  expect(at(expiry - 30 * day)).toEqual(['registry-expiring'])
  expect(at(expiry - 1)).toEqual(['registry-expiring'])
  expect(at(expiry)).toEqual(['registry-expired'])
})

test('forks, stops, conflicts and a broken chain are told, what was settled no more', () => {
  const fork: StoredFork = { channel: 'torture', issuer: 'QM', seq: 3, text: '', at: 5 }
  const stop: StoredStop = {
    member: 'QN',
    kid: 'k',
    channel: 'torture',
    head: { seq: 0, id: null },
    reason: 'lost laptop',
    by: 'signing',
    text: '',
    at: 6,
  }
  const document = registry.signedMembers
  const conflict: RegistryConflict = {
    code: 'members-conflict',
    version: registry.members.version,
    at: 7,
    ours: document,
    theirs: document,
  }
  const alarms = trustAlarms({
    registry: { ...registry, chainBroken: true },
    forks: [fork, { ...fork, issuer: 'XD', settledAt: 9 }],
    stops: [stop],
    conflicts: [conflict],
  })
  expect(alarms).toMatchObject([
    { code: 'fork-proven', at: 5, member: 'QM' },
    { code: 'key-stopped', at: 6 },
    { code: 'registry-conflict', at: 7 },
    { code: 'registry-chain-broken', at: Date.parse(registry.members.issued) / 1000 },
  ])
  for (const { code } of alarms) expect(alarmCodes).toContain(code)
})

test('two documents of one version are an alarm until members are renewed under a newer root', () => {
  const document = registry.signedMembers
  const { version, rootVersion } = registry.members
  const conflicts: RegistryConflict[] = (['members-conflict', 'root-conflict'] as const).map(code => ({
    code,
    version: code === 'root-conflict' ? rootVersion : version,
    at: 7,
    ours: document,
    theirs: document,
  }))
  const alarmsWith = (members: typeof registry.members) =>
    trustAlarms({ registry: { ...registry, members }, forks: [], stops: [], conflicts }).length
  expect(alarmsWith({ ...registry.members, version: version + 1 })).toBe(2)
  expect(alarmsWith({ ...registry.members, version: version + 1, rootVersion: rootVersion + 1 })).toBe(0)
})

test('that all hang up on us is an alarm, that some do is none', () => {
  const away = { connected: false, status: 'not heard' } as const
  const refusing = { connected: false, status: 'refusing us' } as const
  expect(peerAlarms([])).toEqual([])
  expect(peerAlarms([away, away])).toEqual([])
  expect(peerAlarms([refusing, { connected: true, status: 'up to date' }])).toEqual([])
  expect(peerAlarms([refusing, away, away])).toEqual([])
  for (const peers of [[refusing], [refusing, refusing, away]]) {
    expect(peerAlarms(peers)).toMatchObject([{ code: 'refused-by-all' }])
  }
  expect(alarmCodes).toContain('refused-by-all')
})

test('since when is remembered for as long as the alarm is on', () => {
  const clock = new AlarmClock()
  const off = { code: 'clock-off', detail: 'off' }
  expect(clock.views([off], 10)).toMatchObject([{ at: '1970-01-01T00:00:10.000Z' }])
  expect(clock.views([{ ...off, detail: 'more off' }], 20)).toMatchObject([
    { at: '1970-01-01T00:00:10.000Z' },
  ])
  expect(clock.views([{ code: 'fork-proven', detail: 'x', at: 5 }, off], 25).map(({ code }) => code)).toEqual(
    ['fork-proven', 'clock-off'],
  )
  clock.views([], 30)
  expect(clock.views([off], 40)).toMatchObject([{ at: '1970-01-01T00:00:40.000Z' }])
})

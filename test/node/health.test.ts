import { expect, test } from 'vitest'
import type { SigningGuard } from '../../node/guard.ts'
import { clockDifferenceOf, healthOf, participantsOf, signingOf } from '../../node/health.ts'
import type { PeerView } from '../../node/network/index.ts'
import type { Store } from '../../node/store/index.ts'
import { endKeys, found, get } from '../protocol/registry/builders.ts'

const { registry } = await found()
const clockToleranceSeconds = 600
const running = { store: { isWritable: true } as Store, upSeconds: 1, clockToleranceSeconds }

test('every participant is told of, our own first, and who is suspended as such', () => {
  const heard = peer({ member: 'QM', status: 'catching up', behind: 3, lastHeardAt: 1_800_000_000 })
  expect(participantsOf(registry, 'XE', [heard])).toMatchObject([
    { member: 'XE', status: 'up to date' },
    { member: 'QM', status: 'catching up', behindBy: 3, lastHeardAt: '2027-01-15T08:00:00.000Z' },
  ])
  expect(participantsOf(registry, 'XE', [])).toMatchObject([
    { member: 'XE' },
    { member: 'QM', status: 'not heard' },
  ])
  const suspended = structuredClone(registry)
  const member = get(suspended.members.members, 0)
  member.status = 'suspended'
  endKeys(member)
  expect(participantsOf(suspended, 'XE', [heard]).at(1)).toMatchObject({ member: 'QM', status: 'suspended' })
})

test.each([
  { states: ['ready', 'ready'], told: 'ready' },
  { states: ['ready', 'checking'], told: 'checking' },
  { states: ['recovering', 'checking'], told: 'recovering' },
  { states: ['recovering', 'stopped'], told: 'stopped' },
  { states: [], told: 'stopped' },
])('of channels that are $states the worst is told: $told', ({ states, told }) => {
  const signing = (channel: string) => ({ state: states[Number(channel)], reason: '' })
  const channels = states.map((_, at) => String(at))
  expect(signingOf(channels, { signing } as SigningGuard).state).toBe(told)
})

test('one peer with a wrong clock does not make ours wrong', () => {
  const clocks = (...differences: (number | undefined)[]) =>
    differences.map(clockDifferenceSeconds => peer({ clockDifferenceSeconds }))
  expect(clockDifferenceOf(clocks(0, 86_400, 1))).toBe(1)
  expect(clockDifferenceOf(clocks(undefined))).toBeUndefined()
  expect(readyWith({ peers: clocks(0, 86_400, 1) })).toEqual([])
  expect(readyWith({ peers: clocks(601, 700, 1) })).toEqual(['clock'])
  expect(readyWith({ peers: clocks(-601) })).toEqual(['clock'])
})

test('a node is not ready when its store cannot be written to, or when all peers stay away for two minutes', () => {
  const away = [peer({ connected: false })]
  expect(readyWith({ store: { isWritable: false } as Store, peers: [] })).toEqual(['store'])
  expect(readyWith({ peers: away, upSeconds: 119 })).toEqual([])
  expect(readyWith({ peers: away, upSeconds: 120 })).toEqual(['peers'])
  expect(readyWith({ peers: [...away, peer({})], upSeconds: 120 })).toEqual([])
  expect(readyWith({ peers: [], upSeconds: 120 })).toEqual([])
})

/** Names of the checks that fail; none of them means ready. */
function readyWith(changed: Partial<Parameters<typeof healthOf>[0]>): string[] {
  const { ready, checks } = healthOf({ ...running, peers: [], ...changed })
  const failing = checks.filter(({ ok }) => !ok).map(({ name }) => name)
  expect(ready).toBe(failing.length === 0)
  return failing
}

function peer(changed: Partial<PeerView>): PeerView {
  return {
    member: 'QM',
    peerId: undefined,
    connected: true,
    status: 'up to date',
    lastHeardAt: undefined,
    behind: undefined,
    software: undefined,
    clockDifferenceSeconds: undefined,
    root: undefined,
    members: undefined,
    storeBytes: undefined,
    lagMs: undefined,
    lastError: undefined,
    ...changed,
  }
}

import { expect, test } from 'vitest'
import type { SigningGuard } from '../../node/guard.ts'
import { Holders } from '../../node/network/index.ts'
import {
  channelViews,
  holdingsOf,
  type Participating,
  participantsOf,
  registryState,
  worstOf,
} from '../../node/network-view.ts'
import { endKeys, found, get } from '../protocol/registry/builders.ts'
import { peer } from './peer-view.ts'

const { registry } = await found()
const now = 1_800_000_000
const seen: Omit<Participating, 'peers'> = {
  registry,
  member: 'XE',
  stopped: new Set(),
  own: { software: '1.2.3', storeBytes: 7, now },
}

test('every participant is told of, our own first, and who is suspended as such', () => {
  const heard = peer({ member: 'QM', status: 'catching up', behind: 3, lastHeardAt: now, root: 1, lagMs: 4 })
  expect(participantsOf({ ...seen, peers: [heard] })).toMatchObject([
    { member: 'XE', status: 'up to date', software: '1.2.3', storeBytes: 7 },
    {
      member: 'QM',
      status: 'catching up',
      connected: true,
      behindBy: 3,
      lastHeardAt: '2027-01-15T08:00:00.000Z',
      rootVersion: 1,
      lagMs: 4,
    },
  ])
  expect(participantsOf({ ...seen, peers: [] })).toMatchObject([
    { member: 'XE' },
    { member: 'QM', status: 'not heard', connected: false },
  ])
  const suspended = structuredClone(registry)
  const member = get(suspended.members.members, 0)
  member.status = 'suspended'
  endKeys(member)
  const [, told] = participantsOf({ ...seen, registry: suspended, peers: [heard] })
  expect(told).toMatchObject({ member: 'QM', status: 'suspended', keys: [{ state: 'ended' }] })
  expect(told?.keys[0]).not.toHaveProperty('until')
  expect(participantsOf({ ...seen, member: 'QM', registry: suspended, peers: [] })[0]).toMatchObject({
    member: 'QM',
    status: 'suspended',
  })
})

test('a key is in force until issuing stops, or stopped while the registry has not decided', () => {
  const kid = get(get(registry.members.members, 0).signing, 0).kid
  const keysOfQM = (stopped: ReadonlySet<string>) =>
    participantsOf({ ...seen, stopped, peers: [] }).find(({ member }) => member === 'QM')?.keys
  const { issuingStopsAt } = registryState(registry, now)
  expect(keysOfQM(new Set())).toMatchObject([{ kid, state: 'in force', until: issuingStopsAt }])
  expect(keysOfQM(new Set([kid]))).toMatchObject([{ kid, state: 'stopped' }])
})

test.each([
  { states: ['ready', 'ready'], told: 'ready' },
  { states: ['ready', 'checking'], told: 'checking' },
  { states: ['recovering', 'checking'], told: 'recovering' },
  { states: ['recovering', 'stopped'], told: 'stopped' },
  { states: [], told: 'stopped' },
])('of channels that are $states the worst is told: $told', ({ states, told }) => {
  const signing = (channel: string) => ({ state: states[Number(channel)], reason: '' })
  const views = channelViews(Object.keys(states), {
    guard: { signing } as SigningGuard,
    holders: new Holders(),
    others: () => [],
    keyOf: () => undefined,
  })
  expect(views.map(({ state }) => state)).toEqual(states)
  expect(worstOf(views).state).toBe(told)
  if (views.length === 0) expect(worstOf(views, 'QM has left.').reason).toBe('QM has left.')
})

test('a registry that has expired says when issuing stops', () => {
  const { expires, daysLeft } = registryState(registry, now)
  const expiry = Date.parse(expires) / 1000
  expect([daysLeft, registryState(registry, now).expired]).toEqual([
    Math.floor((expiry - now) / 86_400),
    false,
  ])
  expect(registryState(registry, expiry)).toMatchObject({ daysLeft: 0, expired: true })
  expect(registryState(registry, expiry + 1).daysLeft).toBe(-1)
})

test('who has issued a notice counts as holding it, also before its node has told of it', () => {
  const holders = new Holders()
  holders.tellWhole('XD', { torture: { XD: [3, 'c'] } }, now)
  const frontier = { torture: { XD: [4, 'd'] as [number, string] } }
  expect(holdingsOf({ member: 'QM', frontier, holders, others: () => ['QN', 'XD'] })).toMatchObject([
    { issuer: 'XD', head: 4, heldBy: { count: 2, of: 3 }, heldBySeq: { QM: 4, XD: 4 } },
  ])
})

test('who holds whose notices: who has told nothing is left out, and counts as not holding', () => {
  const holders = new Holders()
  holders.tellWhole('QN', { torture: { QM: [2, 'b'], XD: [4, 'd'] } }, now)
  const others = () => ['QN', 'XD']
  const frontier = { torture: { QM: [3, 'c'] as [number, string] } }
  expect(holdingsOf({ member: 'QM', frontier, holders, others })).toEqual([
    { channel: 'torture', issuer: 'QM', head: 3, heldBy: { count: 1, of: 3 }, heldBySeq: { QM: 3, QN: 2 } },
    { channel: 'torture', issuer: 'XD', head: 4, heldBy: { count: 1, of: 3 }, heldBySeq: { QM: 0, QN: 4 } },
  ])
  holders.tellWhole('QN', { torture: { QM: [3, 'c'] } }, now)
  expect(holdingsOf({ member: 'QM', frontier, holders, others })).toMatchObject([{ heldBy: { count: 2 } }])
})

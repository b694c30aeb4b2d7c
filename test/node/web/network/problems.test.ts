import { expect, test } from 'vitest'
import { alarmCodes } from '../../../../node/alarms.ts'
import type { NetworkView, ParticipantView } from '../../../../node/desk/desk.ts'
import { type Observed, problemKinds, problemsOf } from '../../../../node/web/network/problems.ts'

const now = Date.parse('2026-11-26T12:30:00Z') / 1000

function participant(of: Partial<ParticipantView> = {}): ParticipantView {
  const keys = [{ kid: 'k', state: 'in force', from: { torture: 1 }, until: '2027-12-31T00:00:00.000Z' }]
  const own = { member: 'QM', names: {}, status: 'up to date' as const, connected: true, behindBy: 0, keys }
  return { ...own, software: '1.0.0', membersVersion: 4, ...of }
}

function observed(of: Partial<NetworkView> = {}, more: Partial<Observed> = {}): Observed {
  const network: NetworkView = {
    member: 'QM',
    participants: [participant()],
    signing: { state: 'ready' },
    channels: [],
    registry: {
      root: 1,
      members: 4,
      expires: '2027-12-01T00:00:00.000Z',
      daysLeft: 370,
      expired: false,
      issuingStopsAt: '2027-12-31T00:00:00.000Z',
      hash: '',
    },
    alarms: [],
    holdings: [],
    ...of,
  }
  const health = { ready: true, checks: [] }
  return { network, history: [], health, own: [], now, ...more }
}

function found(peer: Partial<ParticipantView>, more: Partial<Observed> = {}) {
  const participants = [participant(), participant({ member: 'XD', ...peer })]
  return problemsOf(observed({ participants }, more)).map(({ code, member }) => [code, member])
}

test('where all is well there is no problem, and whoever is suspended is none', () => {
  expect(found({})).toEqual([])
  expect(found({ status: 'suspended', keys: [], software: '0.1.0', clockDifferenceSeconds: 9999 })).toEqual(
    [],
  )
})

test.each<[string, Partial<ParticipantView>]>([
  ['not-heard', { status: 'not heard', lastError: 'connect ECONNREFUSED 192.0.2.1:7600' }],
  ['refusing-us', { status: 'refusing us' }],
  ['refused-by-us', { status: 'refused by us' }],
  ['no-key', { keys: [{ kid: 'k', state: 'ended', from: { torture: 1 } }] }],
  ['clock-differs', { clockDifferenceSeconds: -601 }],
  ['registry-older', { membersVersion: 3 }],
  ['version-differs', { software: '0.9.0' }],
  ['key-ending', { keys: [{ kid: 'k', state: 'in force', from: {}, until: '2026-12-20T00:00:00.000Z' }] }],
])('%s is told of the member whose it is', (code, peer) => {
  expect(found(peer)).toEqual([[code, 'XD']])
})

test('whoever is catching up is a problem once it was behind in the hour before, too', () => {
  const behind = { status: 'catching up', behindBy: 2 } as const
  const hour = (from: string) => ({ from, members: { XD: behind } })
  expect(found(behind)).toEqual([])
  expect(found(behind, { history: [hour('2026-11-26T12:00:00.000Z')] })).toEqual([])
  expect(found(behind, { history: [hour('2026-11-26T11:00:00.000Z')] })).toEqual([['long-behind', 'XD']])
})

test('a notice of ours that a member lacks for more than an hour is told', () => {
  const behind = { status: 'catching up', behindBy: 1 } as const
  const issued = (issuedAt: string) => [{ issuedAt, missing: ['XD'] }]
  expect(found(behind, { own: issued('2026-11-26T11:29:00.000Z') })).toEqual([['not-held', 'XD']])
  expect(found(behind, { own: issued('2026-11-26T11:31:00.000Z') })).toEqual([])
})

test('alarms are problems, the worst stands first, and what this node lacks is told', () => {
  const alarm = (code: string) => ({ code, at: '2026-11-01T00:00:00.000Z', detail: 'in words' })
  const problems = problemsOf(
    observed(
      {
        participants: [participant(), participant({ member: 'XD', status: 'not heard' })],
        signing: { state: 'stopped', reason: 'the clock is off' },
        alarms: [alarm('backup-old'), { ...alarm('fork-proven'), member: 'XE' }, alarm('registry-expiring')],
      },
      { health: { ready: false, checks: [{ name: 'store', ok: false, detail: 'read-only' }] } },
    ),
  )
  expect(problems.map(({ code }) => code)).toEqual([
    'fork-proven',
    'signing-stopped',
    'check-failed',
    'not-heard',
    'registry-expiring',
    'backup-old',
  ])
  expect(problems).toContainEqual({
    code: 'registry-expiring',
    at: '2027-12-01T00:00:00.000Z',
    count: 370,
    detail: 'in words',
  })
  expect(problems[0]).toMatchObject({ member: 'XE', detail: 'in words' })
})

test('every alarm of the node has its words here', () => {
  expect(alarmCodes.filter(code => !Object.hasOwn(problemKinds, code))).toEqual([])
})

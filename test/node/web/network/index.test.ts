import { gzipSync } from 'node:zlib'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { Registry } from '#protocol'
import type { NetworkView, ParticipantView } from '../../../../node/desk/desk.ts'
import { networkContent } from '../../../../node/web/network/index.ts'
import type { Observed } from '../../../../node/web/network/problems.ts'
import type { Visit } from '../../../../node/web/visit.ts'
import { visitOf } from '../visits.ts'

const now = Date.parse('2026-11-26T12:30:00Z') / 1000
const ids = Array.from({ length: 62 }, (_, at) => `DEMO${String(at + 1).padStart(2, '0')}`)
const ours = 'DEMO01'
/** Every sixth is away, every seventh behind. */
const isAway = (at: number) => at % 6 === 5
const isBehind = (at: number) => at % 7 === 3

const names = new Map(ids.map(id => [id, { en: `State of ${id}`, ar: `دولة ${id}` }]))
const registry = {
  members: {
    members: ids.map(id => ({
      id,
      names: names.get(id),
      status: 'active',
      channels: ['torture', 'capital'],
      nodes: [],
      signing: [],
      recovery: [],
      contacts: [{ role: 'focal point', email: `focal-point@${id.toLowerCase()}.example.org` }],
    })),
  },
} as unknown as Registry

function participant(member: string, at: number): ParticipantView {
  const keys = [{ kid: 'k', state: 'in force', from: { torture: 1 }, until: '2027-12-31T00:00:00.000Z' }]
  const lastError = 'connection error 192.0.2.9:7600: connect ECONNREFUSED 192.0.2.9:7600'
  return {
    member,
    names: names.get(member) ?? {},
    status: isAway(at) ? 'not heard' : isBehind(at) ? 'catching up' : 'up to date',
    connected: !isAway(at),
    behindBy: isBehind(at) ? at : 0,
    lastHeardAt: '2026-11-26T12:29:00.000Z',
    software: '1.0.0',
    membersVersion: 4,
    clockDifferenceSeconds: at % 3,
    keys,
    ...(isAway(at) && { lastError }),
  }
}

const network: NetworkView = {
  member: ours,
  participants: ids.map(participant),
  signing: { state: 'ready' },
  channels: ['torture', 'capital'].map(channel => ({ channel, state: 'ready', heardFrom: 50, others: 61 })),
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
  holdings: ['torture', 'capital'].flatMap(channel =>
    ids.map(issuer => ({
      channel,
      issuer,
      head: 80,
      heldBy: { count: 40, of: 62 },
      heldBySeq: Object.fromEntries(
        ids.flatMap((id, at) => (isAway(at) ? [] : [[id, isBehind(at) ? 78 : 80]])),
      ),
    })),
  ),
}
const history = Array.from({ length: 48 }, (_, at) => ({
  from: new Date((Math.floor(now / 3600) - 47 + at) * 3_600_000).toISOString(),
  members: Object.fromEntries(
    ids.map((id, member) => [
      id,
      { status: (member + at) % 9 === 0 ? ('not heard' as const) : ('up to date' as const), behindBy: 0 },
    ]),
  ),
}))
const observed: Observed = { network, history, health: { ready: true, checks: [] }, own: [], now }

function rendered(visit: Visit): string {
  const office = { desk: { member: ours, registry: () => registry } }
  return render(networkContent({ observed, office, visit }) as never)
}

test.each([
  ['en', '/network'],
  ['ar', '/network'],
  ['en', '/network?holders=all'],
] as const)('sixty-two members are shown in %s at %s within 60 KB', (language, address) => {
  const visit = visitOf({ language, address, now, names: code => names.get(code) })
  expect(gzipSync(rendered(visit)).length).toBeLessThan(60_000)
})

test('of many away five have a card, the others are named, and only who lacks something is in the matrix', () => {
  const text = rendered(visitOf({ address: '/network', now, names: code => names.get(code) }))
  expect(text.match(/data-code="not-heard" data-member/g)?.length).toBe(5)
  expect(text).toContain('5 more participants have the same problem')
  const matrix = text.slice(text.indexOf('id="holders"'), text.indexOf('id="expiry"'))
  expect(matrix).toContain('lacks 2')
  expect(matrix).toContain('participants hold everything')
  expect(matrix).not.toMatch(/<th scope="row"[^>]*>[^/]*DEMO02/)
})

import { expect, test } from 'vitest'
import type { NetworkView, ParticipantView } from '../../../../node/desk/desk.ts'
import { numbersOf } from '../../../../node/web/network/numbers.ts'

const now = Date.parse('2026-11-26T12:00:00Z') / 1000

function participant(of: Partial<ParticipantView>): ParticipantView {
  return { member: 'QM', names: {}, status: 'up to date', connected: true, behindBy: 0, keys: [], ...of }
}

test('four numbers: whoever is suspended does not count, and who has told nothing may hold nothing', () => {
  const until = '2026-12-06T12:00:00.000Z'
  const network = {
    participants: [
      participant({ lagMs: 3, keys: [{ kid: 'k', state: 'in force', from: {}, until }] }),
      participant({ status: 'not heard', lagMs: 40 }),
      participant({ status: 'suspended', lagMs: 900 }),
    ],
    holdings: [
      { channel: 'torture', issuer: 'QM', head: 5, heldBy: { count: 1, of: 2 }, heldBySeq: { QM: 5, QN: 3 } },
      { channel: 'torture', issuer: 'QN', head: 4, heldBy: { count: 1, of: 2 }, heldBySeq: { QM: 4 } },
    ],
    registry: { daysLeft: 90 },
  } as unknown as NetworkView
  expect(numbersOf(network, now)).toEqual({
    upToDate: { count: 1, of: 2 },
    heldByAll: { count: 3, of: 9 },
    slowestMs: 40,
    daysLeft: 10,
  })
})

import { expect, test } from 'vitest'
import type { HoldingView } from '../../../../node/desk/desk.ts'
import { matrixOf } from '../../../../node/web/network/holders.ts'

function holding(issuer: string, head: number, heldBySeq: Record<string, number>): HoldingView {
  return { channel: 'torture', issuer, head, heldBy: { count: 0, of: 3 }, heldBySeq }
}

test('who lacks how many places of whose log, and who has told nothing', () => {
  const holdings = [holding('QM', 5, { QM: 5, QN: 3 }), holding('QN', 2, { QM: 2, QN: 2 })]
  const matrix = matrixOf(
    'torture',
    [...holdings, { ...holding('QM', 9, {}), channel: 'capital' }],
    ['QM', 'QN', 'XD'],
  )
  expect(matrix).toEqual({
    channel: 'torture',
    issuers: ['QM', 'QN'],
    holders: [
      { member: 'QM', lacks: {} },
      { member: 'QN', lacks: { QM: 2 } },
    ],
    untold: ['XD'],
  })
})

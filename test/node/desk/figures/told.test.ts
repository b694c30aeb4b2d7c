import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { emptyFigures } from '../../../../node/desk/figures/figures.ts'
import { Flows } from '../../../../node/desk/figures/flows.ts'
import { toldFigures } from '../../../../node/desk/figures/told.ts'

const trade = new Flows().figures()
const way = { goods: 'belt', from: 'XM', to: 'XR', month: '2026-01' }
const exact = (count: number) => ({ kind: 'exact', count })

test('small counts of notices are hidden in each table, and what is left of the total tells none of them', async () => {
  const notices = {
    ...emptyFigures(),
    total: 12,
    byType: { one: 12 },
    byIssuer: { QM: 7, QN: 4, XD: 1 },
    byGoods: { belt: 2, whip: 9 },
  }
  const told = await toldFigures({ notices, trade }, noticeTypes)
  expect(told).toMatchObject({
    total: exact(12),
    byType: { one: exact(12) },
    byIssuer: { QM: exact(7), QN: { kind: 'least', count: 3 }, XD: { kind: 'few' } },
    byGoods: { belt: { kind: 'few' }, whip: exact(9) },
  })
})

test('how many false alarms there were is not left between the flows and the count of sightings', async () => {
  const notices = { ...emptyFigures(), total: 30, byType: { sighting: 10, one: 20 } }
  const flows = [{ ...way, sightings: 9 }]
  const told = (inNoFlow: number) =>
    toldFigures({ notices, trade: { ...trade, flows, inNoFlow } }, noticeTypes)
  expect((await told(0)).byType.sighting).toEqual(exact(10))
  expect((await told(1)).byType.sighting).toEqual({ kind: 'least', count: 3 })
})

test('a total that one table must hide is told by no other', async () => {
  const notices = { ...emptyFigures(), total: 3, byType: { one: 3 }, byIssuer: { QM: 1, QN: 1, XD: 1 } }
  const { total, byType } = await toldFigures({ notices, trade }, noticeTypes)
  expect([total, byType]).not.toContainEqual(exact(3))
  expect(byType.one).not.toEqual(exact(3))
})

test('sightings that the flows hide in all are not counted by their type', async () => {
  const type = noticeTypes.find(({ tradeFlow, answers }) => tradeFlow && !answers)?.name ?? ''
  const notices = { ...emptyFigures(), total: 13, byType: { [type]: 3, other: 10 } }
  const flows = ['belt', 'whip', 'baton'].map(goods => ({ ...way, goods, sightings: 1 }))
  const told = await toldFigures({ notices, trade: { ...trade, flows } }, noticeTypes)
  expect(told.byType[type]).toEqual({ kind: 'least', count: 3 })
  const open = await toldFigures(
    { notices, trade: { ...trade, flows: [{ ...way, sightings: 3 }] } },
    noticeTypes,
  )
  expect(open.byType[type]).toEqual(exact(3))
})

test('the burden is rounded down, and of fewer than three cases not told, by its cause too', async () => {
  const burden = {
    sightings: 9,
    consignments: 14,
    burdened: 13,
    falseAlarms: 12,
    heldHours: { sightings: 2, sum: 50, median: 25 },
  }
  const burdenBy = [{ ...burden, of: { kind: 'alert', id: 'a' }, sightings: 2, burdened: 2, falseAlarms: 0 }]
  const told = await toldFigures(
    { notices: emptyFigures(), trade: { ...trade, burden, burdenBy } },
    noticeTypes,
  )
  expect(told.burden).toEqual({
    sightings: { kind: 'least', count: 5 },
    burdened: { kind: 'least', count: 10 },
    falseAlarms: { kind: 'few' },
  })
  expect(told.burdenBy).toEqual([
    {
      of: { kind: 'alert', id: 'a' },
      sightings: { kind: 'few' },
      burdened: { kind: 'few' },
      falseAlarms: exact(0),
    },
  ])
})

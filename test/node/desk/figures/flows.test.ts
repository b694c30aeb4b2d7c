import { expect, test } from 'vitest'
import { type Draft, noticeTypes } from '#protocol'
import type { NoticeView } from '../../../../node/desk/desk.ts'
import { countNotices, emptyFigures } from '../../../../node/desk/figures/figures.ts'
import { type FlowFigures, Flows } from '../../../../node/desk/figures/flows.ts'
import { memoryDesk } from '../../api/memory-desk.ts'
import { exampleOf, openTestApi } from '../../api/open-test-api.ts'

const [item] = exampleOf('sighting').body.goods as { itemId: string }[]

/** A sighting of the example's goods on their way from XM to XR. */
function sighting(body: object = {}): Draft {
  const draft = exampleOf('sighting')
  return { ...draft, body: { ...draft.body, ...body } as Draft['body'] }
}

function held(hours: number, verdict = 'detained', more: object = {}): Draft {
  const outcome = { heldHours: hours, disposal: 'None.', sampleTaken: false }
  return sighting({ verdict, outcome, ...more })
}

/** The replacement of a whole body, as the issuer of this notice would write it. */
function correction({ id, body }: NoticeView, change: object): Draft {
  const draft = noticeTypes.find(({ name }) => name === 'correction')?.examples[0]
  if (draft === undefined) throw new TypeError('There is no example of a correction.')
  const { patch: _, ...rest } = draft.body
  return {
    ...draft,
    body: {
      ...rest,
      target: id,
      targetType: 'sighting',
      replacement: { ...body, ...change },
    } as Draft['body'],
    refs: [{ id, rel: 'corrects' }],
  }
}

function figuresOf(views: readonly NoticeView[]): FlowFigures {
  const flows = new Flows()
  for (const view of views.toReversed()) flows.add(view, noticeTypes)
  return flows.figures()
}

test('sightings of one way, month and thing make one flow', () => {
  const desk = memoryDesk()
  const { flows } = figuresOf([
    desk.admit(sighting({ count: 3 })),
    desk.admit(sighting({ verdict: 'seen' })),
    desk.admit(sighting({ observedAt: { from: '2026-03-01', to: '2026-03-02' } })),
  ])
  const way = { goods: item?.itemId, from: 'XM', to: 'XR' }
  expect(flows).toEqual([
    { ...way, month: '2026-03', sightings: 1 },
    { ...way, month: '2026-02', sightings: 2 },
  ])
})

test('goods on no list and unknown ends of the way make flows too', () => {
  const { countryOfDispatch, countryOfDestination, ...body } = sighting().body
  const [goods] = body.goods as object[]
  const { itemId, ...rest } = goods as { itemId: string }
  const unlisted = { ...rest, unlisted: { description: 'An invented thing' } }
  const view = memoryDesk().admit({ ...sighting(), body: { ...body, goods: [unlisted] } as Draft['body'] })
  expect([countryOfDispatch, countryOfDestination, itemId]).not.toContain(undefined)
  expect(figuresOf([view]).flows).toEqual([
    { goods: 'unlisted', from: '?', to: '?', month: '2026-02', sightings: 1 },
  ])
})

test('a false alarm is in the burden, and in no flow and no count of goods', () => {
  const desk = memoryDesk()
  const views = [
    desk.admit(held(30, 'not-the-product')),
    desk.admit(correction(desk.admit(held(4, 'seized')), { verdict: 'not-the-product' })),
  ]
  expect(figuresOf(views.slice(0, 1))).toMatchObject({
    flows: [],
    inNoFlow: 1,
    burden: { sightings: 1, falseAlarms: 1, heldHours: { sum: 30 } },
  })
  const real = emptyFigures()
  countNotices(views, noticeTypes, { real, drills: real })
  expect(real).toMatchObject({ total: 2, byGoods: {} })
  expect(Object.keys(real.byGoods)).toEqual([])
})

test('the burden is what was held or suspected, for how long, and for nothing', () => {
  const desk = memoryDesk()
  const views = [
    desk.admit(sighting({ verdict: 'seen', count: 90 })),
    desk.admit(sighting({ verdict: 'not-the-product', count: 2 })),
    desk.admit(held(10, 'released')),
    desk.admit(held(30, 'seized')),
    desk.admit(held(50)),
    desk.admit(sighting()),
  ]
  expect(figuresOf(views).burden).toEqual({
    sightings: 6,
    consignments: 96,
    burdened: 6,
    falseAlarms: 3,
    falseAlarmShare: 0.5,
    heldHours: { sightings: 3, sum: 90, median: 30 },
  })
})

test('the burden is told for each alert, denial and list item that made officers look', () => {
  const desk = memoryDesk()
  const { id } = desk.admit(exampleOf('alert'))
  const ofAlert = { of: { kind: 'alert', id } }
  const { burdenBy } = figuresOf([
    desk.admit(held(4, 'released', ofAlert)),
    desk.admit(held(8, 'seized', ofAlert)),
    desk.admit(sighting({ of: { kind: 'list-item', itemId: item?.itemId } })),
  ])
  expect(burdenBy).toMatchObject([
    { ...ofAlert, burdened: 2, falseAlarmShare: 0.5, heldHours: { sum: 12, median: 6 } },
    { of: { kind: 'list-item', itemId: item?.itemId }, burdened: 1, falseAlarmShare: 0 },
  ])
  expect(burdenBy).toHaveLength(2)
})

test('what is withdrawn, void or disputed, or does not follow its form, is no flow', () => {
  const desk = memoryDesk()
  const views = [
    desk.admit(sighting(), { status: 'withdrawn' }),
    desk.admit(sighting(), { standing: 'void' }),
    desk.admit(sighting(), { standing: 'disputed' }),
    desk.admit(sighting({ goods: 'none of your business' }), { flags: ['body-form'] }),
  ]
  expect(figuresOf(views)).toMatchObject({ flows: [], burden: { sightings: 0 }, burdenBy: [] })
})

test('a corrected sighting counts as it should have been, by its issuer and as corrected last', () => {
  const desk = memoryDesk()
  const wrong = desk.admit(held(10, 'seized'), { status: 'corrected' })
  const views = [
    wrong,
    desk.admit(correction(wrong, { verdict: 'detained' })),
    desk.admit(correction(wrong, { verdict: 'released' })),
    desk.admit(correction(wrong, { verdict: 'destroyed' }), { issuer: 'QN' }),
    desk.admit(correction(wrong, { verdict: 'destroyed' }), { status: 'withdrawn' }),
  ]
  for (const order of [views, views.toReversed()]) {
    expect(figuresOf(order).burden).toMatchObject({ sightings: 1, falseAlarms: 1 })
  }
})

test('a correction by another than the issuer corrects nothing', () => {
  const desk = memoryDesk()
  const right = desk.admit(held(10, 'seized'))
  const meddling = desk.admit(correction(right, { verdict: 'released' }), { issuer: 'QN' })
  expect(figuresOf([right, meddling]).burden).toMatchObject({ sightings: 1, falseAlarms: 0 })
})

test('drills never change a figure, and have figures of their own', async () => {
  await using api = await openTestApi()
  const figures = async () =>
    (await (await api.ask('/v1/stats', { as: 'coordinator' })).json()) as { exercises: object }
  api.desk.admit(held(10, 'seized'))
  const { exercises: none, ...before } = await figures()
  const drill = api.desk.admit(held(99, 'released', { count: 1000 }), { exercise: true })
  api.desk.admit(correction(drill, { verdict: 'destroyed' }), { exercise: true })
  const { exercises, ...after } = await figures()
  expect(after).toEqual(before)
  expect(none).toMatchObject({ flows: [], burden: { burdened: { kind: 'exact', count: 0 } } })
  expect(exercises).toMatchObject({ burden: { burdened: { kind: 'few' } } })
  expect(exercises).not.toMatchObject({ flows: [] })
})

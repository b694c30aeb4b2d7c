import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { openFigures } from '../../../../node/desk/figures/count.ts'
import { countNotices, emptyFigures } from '../../../../node/desk/figures/figures.ts'
import { memoryDesk } from '../../api/memory-desk.ts'
import { exampleOf, openTestApi } from '../../api/open-test-api.ts'

function counted(views: Parameters<typeof countNotices>[0]) {
  const figures = { real: emptyFigures(), drills: emptyFigures() }
  countNotices(views, noticeTypes, figures)
  return figures
}

test('a type is counted by its name, whatever that is', async () => {
  const desk = memoryDesk()
  for (const type of ['constructor', '__proto__', 'toString'])
    desk.admit({ ...exampleOf('follow-up') }, { type })
  const { byType } = counted(await desk.notices.list({ limit: 10 }, { nominal: false })).real
  expect(Object.entries(byType).sort()).toEqual([
    ['__proto__', 1],
    ['constructor', 1],
    ['toString', 1],
  ])
})

test('notices are counted by type, issuer, month, status and goods', () => {
  const desk = memoryDesk()
  const denial = exampleOf('denial')
  const goods = noticeTypes.find(({ name }) => name === 'denial')?.keys(denial.body).goods[0] ?? ''
  const views = [
    desk.admit(denial, { issuer: 'QN', issuedAt: '2026-10-31T23:59:59.000Z' }),
    desk.admit(denial, { status: 'withdrawn' }),
    desk.admit(exampleOf('follow-up')),
  ]
  expect(counted(views).real).toEqual({
    total: 3,
    byType: { denial: 2, 'follow-up': 1 },
    byIssuer: { QN: 1, QM: 2 },
    byMonth: { '2026-10': 1, '2026-11': 2 },
    byStatus: { sent: 2, withdrawn: 1 },
    byGoods: { [goods]: 2 },
  })
})

test('drills never change a figure', () => {
  const { real, drills } = counted([memoryDesk().admit(exampleOf('denial'), { exercise: true })])
  expect(real).toEqual(emptyFigures())
  expect(drills.total).toBe(1)
})

test.each(['void', 'disputed', 'unknown key'] as const)('what is %s counts for nothing', standing => {
  expect(counted([memoryDesk().admit(exampleOf('denial'), { standing })]).real.total).toBe(0)
})

test('a refusal on national grounds only is kept out', () => {
  const denial = exampleOf('denial')
  const national = { ...denial, body: { ...denial.body, nationalProhibition: true } }
  expect(counted([memoryDesk().admit(national)]).real.total).toBe(0)
})

test('a body that does not follow its form or is erased is counted without goods', () => {
  const denial = exampleOf('denial')
  const odd = memoryDesk().admit(denial, { body: { goods: 'none of your business' } })
  const { body, ...erased } = memoryDesk().admit(denial)
  expect(body).toBeDefined()
  expect(counted([odd, erased]).real).toMatchObject({ total: 2, byGoods: {} })
})

test('the figures walk every page and follow the feed', async () => {
  await using api = await openTestApi()
  for (let at = 0; at < 410; at++) api.desk.admit(exampleOf('follow-up'))
  const total = async () =>
    ((await (await api.ask('/v1/stats', { as: 'coordinator' })).json()) as { total: object }).total
  expect(await total()).toEqual({ kind: 'exact', count: 410 })
  api.desk.admit(exampleOf('follow-up'))
  expect(await total()).toEqual({ kind: 'exact', count: 411 })
})

test('however many ask at once, one counts', async () => {
  await using api = await openTestApi()
  for (let at = 0; at < 410; at++) api.desk.admit(exampleOf('follow-up'))
  const { list } = api.desk.notices
  const { last } = api.desk.feed
  const allAsked = Promise.withResolvers<void>()
  let [asked, pages] = [0, 0]
  api.desk.feed.last = () => {
    asked += 1
    if (asked === 8) allAsked.resolve()
    return last() + asked
  }
  api.desk.notices.list = async (...query) => {
    await allAsked.promise
    pages += 1
    return list(...query)
  }
  const answers = await Promise.all(Array.from({ length: 8 }, () => api.ask('/v1/stats', { as: 'customs' })))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(pages).toBe(3)
})

test('who holds a notice is counted anew after a minute, though nothing came', async () => {
  const desk = memoryDesk()
  for (let at = 0; at < 12; at++) desk.admit(exampleOf('follow-up'), { status: 'sent' })
  const clock = { now: 0 }
  const figures = openFigures(desk, () => clock.now)
  const held = { kind: 'exact', count: 12 }
  expect((await figures()).byStatus).toEqual({ sent: held })
  const { list } = desk.notices
  desk.notices.list = async (...query) =>
    (await list(...query)).map(view => ({ ...view, status: 'held by all' as const }))
  clock.now = 59_999
  expect((await figures()).byStatus).toEqual({ sent: held })
  clock.now = 60_000
  expect((await figures()).byStatus).toEqual({ 'held by all': held })
})

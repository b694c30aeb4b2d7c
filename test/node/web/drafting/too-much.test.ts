import { expect, test } from 'vitest'
import { draftingLimits } from '../../../../node/desk/drafting-limits.ts'
import { openDraftingOffice } from '../open-drafting-office.ts'

const at = '/body/nationalRef'

const most = 80 * draftingLimits.answerTimesMost

test('what is far too long is not kept and stays in the form, whether the page saves or its button', async () => {
  const { ask, desk, officer } = await openDraftingOffice()
  const { id } = await desk.unfinished.create({ type: 'denial', answers: {} }, officer)
  const step = `/drafts/${id}/network-ref`
  expect((await ask(step)).text).toContain(`name="${at}"`)
  const long = 'x'.repeat(most + 1)
  const byItself = await ask(step, { [at]: long, act: 'autosave' })
  expect([byItself.status, byItself.text]).toEqual([200, expect.stringContaining('Not saved')])
  const saved = await ask(step, { [at]: long, act: 'next' })
  expect([saved.status, saved.text]).toEqual([413, expect.stringContaining(`no more than ${most} are kept`)])
  expect(saved.text).toContain(long)
  expect(desk.unfinished.find(id)?.answers[at]).toBeUndefined()
  await ask(step, { [at]: 'x'.repeat(most), act: 'next' })
  expect(desk.unfinished.find(id)?.answers[at]).toEqual(['x'.repeat(most)])
})

test('a draft that would be longer than a notice is not kept, and says so at the form', async () => {
  const { ask, desk, officer } = await openDraftingOffice()
  const answers = { '/body/groundsSummary': ['x'.repeat(draftingLimits.rowBytes - 100)] }
  const { id } = await desk.unfinished.create({ type: 'denial', answers }, officer)
  const saved = await ask(`/drafts/${id}/network-ref`, { [at]: 'y'.repeat(most), act: 'next' })
  expect([saved.status, saved.text]).toEqual([413, expect.stringContaining('longer than a notice may be')])
  expect(saved.text).toContain('y'.repeat(most))
  expect(desk.unfinished.find(id)?.answers).toEqual(answers)
})

test('the list of drafts shows no more of a title than a line', async () => {
  const { ask, desk, officer } = await openDraftingOffice()
  const answers = { [at]: ['y'.repeat(5000)] }
  const { id } = await desk.unfinished.create({ type: 'denial', answers }, officer)
  const { text } = await ask('/drafts')
  expect(text).toContain(`href="/drafts/${id}"`)
  expect(text).toContain('y'.repeat(100))
  expect(text).not.toContain('y'.repeat(200))
})

test('more entries than a list may have are not kept', async () => {
  const { ask, desk, officer } = await openDraftingOffice()
  const goods = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, number) => [`/body/goods/${number}/itemId`, ['x']]))
  const { id } = await desk.unfinished.create({ type: 'denial', answers: goods(2) }, officer)
  const sent = Object.keys(goods(1900)).map(name => [name, 'x'])
  const saved = await ask(`/drafts/${id}/goods`, { ...Object.fromEntries(sent), act: 'next' })
  expect([saved.status, saved.text]).toEqual([413, expect.stringContaining('than the 20 that there may be')])
  const one = await ask(`/drafts/${id}/goods?entry=1900`, { '/body/goods/1900/itemId': 'x', act: 'next' })
  expect([one.status, desk.unfinished.find(id)?.version]).toEqual([303, 2])
  await desk.unfinished.replace(id, goods(20), officer, { version: 2 })
  const more = await ask(`/drafts/${id}/goods?entry=20`, { '/body/goods/20/itemId': 'x', act: 'next' })
  expect([more.status, desk.unfinished.find(id)?.answers]).toEqual([413, goods(20)])
})

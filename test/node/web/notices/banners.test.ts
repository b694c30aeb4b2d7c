import { expect, test } from 'vitest'
import { type Json, noticeTypes } from '#protocol'
import { html } from '../../../../node/web/html.ts'
import { Banners } from '../../../../node/web/notices/banners.ts'
import { correctedBody } from '../../../../node/web/notices/corrections.ts'
import { relationOf } from '../../../../node/web/notices/history.ts'
import { ToDo } from '../../../../node/web/notices/to-do.ts'
import { rendered, textIn, visitBy } from '../visits.ts'
import { storyOf, viewOf } from './view.ts'

const visit = visitBy()
const told = (story: ReturnType<typeof storyOf>) =>
  textIn(html`<${Banners} story=${story} visit=${visit} types=${noticeTypes} />`)
const todo = (story: ReturnType<typeof storyOf>) =>
  textIn(html`<${ToDo} story=${story} visit=${visit} member="XD" types=${noticeTypes} />`)

test('a notice that is as it was signed has no banner, and says whom to ask first', () => {
  const story = storyOf(viewOf('denial'))
  expect(told(story).trim()).toBe('')
  expect(todo(story)).toContain('Before you grant anything essentially identical, ask QM')
})

test('a withdrawal that asks for names to be erased says what this node can do of it', () => {
  const view = viewOf('withdrawal')
  const asking = storyOf({ ...view, body: { ...view.body, requiredAction: 'erase-personal-part' } })
  expect(todo(asking)).toContain('cannot do so earlier')
  expect(todo(storyOf(view))).not.toContain('cannot do so earlier')
})

test('a relation that some member invented is told as another one', () => {
  for (const rel of ['constructor', '__proto__', 'toString', 'own-word'])
    expect(relationOf(rel)).toEqual({ to: 'notice.rel.other', from: 'notice.rel.other' })
  expect(relationOf('about').to).toBe('notice.rel.about')
})

test.each([
  ['void', 'Void: it does not count', 'Do not act on it.'],
  ['disputed', 'Disputed: do not rely on it', 'Do not act on it alone.'],
  ['unknown key', 'The key that signed it is not known here', 'Do not act on it alone'],
] as const)('what is %s is told before anything else, with what to do', (standing, banner, advice) => {
  const story = storyOf(viewOf('denial', { standing }))
  expect(told(story)).toContain(banner)
  expect(todo(story)).toContain(advice)
  expect(todo(story)).not.toContain('consult')
})

test('a withdrawn notice says since when, why, and what its holders must do', () => {
  const story = storyOf(viewOf('denial', { status: 'withdrawn' }), { withdrawals: [viewOf('withdrawal')] })
  expect(told(story)).toContain('Withdrawn by its issuer on 20 February 2026: do not act on it')
  expect(told(story)).toContain('The refusal was overturned on appeal.')
  expect(told(story)).toContain('Stop acting on it')
  expect(todo(story)).toContain('Do not act on it.')
})

test('once we have answered a withdrawal, it asks no more and leads to what we answered', () => {
  const { body } = viewOf('acknowledgement')
  const reply = viewOf('acknowledgement', { id: 'r', body: { ...body, level: 'applied' } })
  const done = storyOf(viewOf('withdrawal'), { reply })
  expect(todo(storyOf(viewOf('withdrawal')))).toMatch(/Stop acting on the notice.*Confirm by/)
  expect(todo(done)).toMatch(/Answered on 20 February 2026: +Applied/)
  expect(todo(done)).not.toMatch(/Stop acting|Confirm by/)
  expect(
    rendered(html`<${ToDo} ...${{ story: done, visit, member: 'XD', types: noticeTypes }} />`),
  ).toContain('href="/notices/r"')
  expect(todo(storyOf(viewOf('denial'), { reply }))).toMatch(/Answered on.*Before you grant/)
  const unable = { ...reply, body: { ...body, level: 'cannot-comply', obstacle: 'A court keeps it.' } }
  expect(todo(storyOf(viewOf('withdrawal'), { reply: unable }))).toMatch(/Answered on.*Stop acting/)
})

test('a notice without content says why', () => {
  const { body: _gone, ...without } = viewOf('denial')
  const named = { name: 'body', to: 'named', held: false, erased: false }
  expect(told(storyOf({ ...without, parts: [named] }))).toContain('for named readers')
  const erased = { name: 'body', to: 'channel', until: '2026-01-31', held: false, erased: true }
  expect(told(storyOf({ ...without, parts: [erased] }))).toContain('could be kept until 31 January 2026')
})

test('of two corrections of one value only the last is in force, and one that does not fit says so alone', () => {
  const at = '/goods/0/quantity/value'
  const correction = (id: string, seq: number, patch: { path: string; value: Json }) =>
    viewOf('correction', {
      id,
      seq,
      issuedAt: `2026-03-0${seq}T09:00:00.000Z`,
      body: { ...viewOf('correction').body, patch: [{ op: 'replace', ...patch }] },
    })
  const corrections = [
    correction('a', 1, { path: at, value: 44 }),
    correction('b', 2, { path: at, value: 45 }),
    correction('c', 3, { path: '/nowhere/9', value: 1 }),
  ]
  const view = viewOf('denial')
  const story = storyOf(view, { corrections, ...correctedBody(view, corrections, noticeTypes) })
  expect([...story.fates.values()].map(({ state }) => state)).toEqual(['replaced', 'in force', 'not applied'])
  expect(told(story)).toContain('Replaced by the correction of 2 March 2026.')
  expect(told(story).split('Below stands what counts now')).toHaveLength(2)
  expect(told(story).split('could not be put in their places')).toHaveLength(2)
})

import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { answers } from '../../../../node/web/components/answered.ts'
import { summaryOf } from '../../../../node/web/components/notice-line.ts'
import { viewOf } from '../notices/view.ts'
import { rendered, textIn, visitBy } from '../visits.ts'

const answered = viewOf('denial', { id: 'n' })
const line = (view: ReturnType<typeof viewOf>, language: 'en' | 'ar' = 'en') =>
  summaryOf(view, visitBy({ language }), noticeTypes, { answered, isLinked: true })

test('a withdrawal and a correction name what they answer, and which fields change', () => {
  expect(textIn(line(viewOf('withdrawal'))).trim()).toBe(`Withdrawn by QM: ${answered.summary}`)
  expect(textIn(line(viewOf('correction')))).toMatch(/Corrected by QM: .+ \( ?Quantity ?\)/)
  expect(rendered(line(viewOf('withdrawal')))).toContain('href="/notices/n"')
  expect(textIn(line(viewOf('withdrawal'), 'ar'))).toContain('سُحب من جانب QM')
})

test('nobody else takes it back, and what is void takes nothing back', () => {
  const refs = [{ id: 'n', rel: 'withdraws' as const }]
  expect(answers(viewOf('withdrawal', { refs }), answered, noticeTypes)).toBe(true)
  expect(answers(viewOf('withdrawal', { refs, issuer: 'XD' }), answered, noticeTypes)).toBe(false)
  expect(answers(viewOf('withdrawal', { refs, standing: 'void' }), answered, noticeTypes)).toBe(false)
})

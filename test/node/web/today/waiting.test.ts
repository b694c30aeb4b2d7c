import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { html } from '../../../../node/web/html.ts'
import type { Office } from '../../../../node/web/office.ts'
import { WaitingList, waitingOn } from '../../../../node/web/today/waiting.ts'
import { viewOf } from '../notices/view.ts'
import { textIn, visitBy } from '../visits.ts'

const us = { types: noticeTypes, member: 'XD' }
const asking = viewOf('withdrawal')
const ack = { id: 'a', rel: 'answers' as const, type: 'acknowledgement', issuer: 'XD' }
const answeredWith = (ref: object) => waitingOn({ ...asking, referredToBy: [{ ...ack, ...ref }] }, us)

test('what asks for an answer waits until we have acknowledged it ourselves', () => {
  expect(waitingOn(asking, us)).toMatchObject([{ due: { day: '2026-10-01' } }])
  expect(answeredWith({})).toEqual([])
  expect(answeredWith({ issuer: 'XE' })).toHaveLength(1)
  expect(answeredWith({ type: 'follow-up', rel: 'follows' })).toHaveLength(1)
  expect(waitingOn(asking, { ...us, member: 'QM' })).toEqual([])
  expect(waitingOn({ ...asking, standing: 'void' }, us)).toEqual([])
})

test('a day that has passed is told as overdue, and what nobody opened stands in its own list', () => {
  const list = (now: string, unopened: string[] = []) => {
    const visit = { ...visitBy(), now: Date.parse(now) / 1000 }
    const waiting = { items: waitingOn(asking, us), answered: new Map() }
    const office = { desk: { types: noticeTypes } } as unknown as Office
    return textIn(html`<${WaitingList} ...${{ waiting, unopened: new Set(unopened), visit, office }} />`)
  }
  expect(list('2026-09-29T12:00:00Z')).toMatch(/Confirm by: +1 October 2026/)
  expect(list('2026-10-03T12:00:00Z')).toContain('Overdue since 1 October 2026')
  expect(list('2026-10-03T12:00:00Z', [asking.id]).trim()).toBe('')
})

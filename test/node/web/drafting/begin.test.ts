import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import type { NoticeQuery } from '../../../../node/desk/desk.ts'
import { firstAnswers } from '../../../../node/web/drafting/begin.ts'
import type { Office } from '../../../../node/web/office.ts'
import { visitBy } from '../visits.ts'

/** Our own notices of this year, all of one type, newest first; they have numbers from the second on. */
function officeWith(count: number): Office {
  const all = Array.from({ length: count }, (_, at) => ({
    cursor: count - at,
    body: { networkRef: at === count - 1 ? undefined : `QM-2026-${String(count - at).padStart(4, '0')}` },
  }))
  const list = async ({ type, before = Infinity, limit }: NoticeQuery) =>
    type === noticeTypes[0]?.name ? all.filter(({ cursor }) => cursor < before).slice(0, limit) : []
  const desk = {
    member: 'QM',
    types: noticeTypes,
    notices: { list },
    drafts: { list: async () => [] },
    unfinished: { list: () => [] },
  }
  return { desk } as unknown as Office
}

test.each([
  [0, 'QM-2026-0001'],
  [200, 'QM-2026-0201'],
  [450, 'QM-2026-0451'],
])('after %i of this year comes %s', async (count, next) => {
  const [type] = noticeTypes
  const { answers } = await firstAnswers(officeWith(count), visitBy(), {
    typeName: type?.name ?? '',
    about: undefined,
  })
  expect(answers['/body/networkRef']).toEqual([next])
})

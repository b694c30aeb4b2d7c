import { expect, test } from 'vitest'
import { noticeText, type Registry } from '#protocol'
import type { Desk } from '../../../../node/desk/desk.ts'
import { html } from '../../../../node/web/html.ts'
import { WhyVoid } from '../../../../node/web/notices/why-void.ts'
import { newNotice } from '../../store/builders.ts'
import { textIn, visitBy } from '../visits.ts'
import { storyOf, viewOf } from './view.ts'

const ended = (seq: number, reason?: string) => ({
  end: { torture: { seq, id: 'x' } },
  ...(reason && { reason }),
})

test.each([
  [{ from: { torture: 9 } }, /may sign from notice 9 .* claims to be notice 7\./],
  [ended(5, 'stolen <laptop>'), /after notice 5 .* notice 7\. They gave as reason: stolen &lt;laptop>/],
  [ended(5), /after notice 5 of this log; this one claims to be notice 7\. $/],
  [ended(7), /another notice 7 of this log/],
  [ended(8), /another notice 8 of this log/],
  [ended(0), /from the first notice of this log on\./],
  [{ from: {} }, /^ ?$/],
])('why a notice is void is said from the registry: %j', (key, said) => {
  expect(told(key)).toMatch(said)
})

test('of a notice that is not void, or by a key that nobody knows, nothing is said', () => {
  expect(told(ended(5), 'verified')).toBe('')
  expect(told({ ...ended(5), kid: 'another' })).toBe('')
})

function told(key: object, standing: 'void' | 'verified' = 'void'): string {
  const notice = newNotice({ seq: 7 })
  const { kid } = notice.envelope
  const signing = [{ kid, from: { torture: 1 }, ...key }]
  const registry = {
    net: notice.envelope.net,
    members: { members: [{ id: 'QM', nodes: [], signing, recovery: [] }] },
  } as unknown as Registry
  const desk = { notices: { text: () => noticeText(notice) }, registry: () => registry } as unknown as Desk
  return textIn(
    html`<${WhyVoid} story=${storyOf(viewOf('denial', { standing }))} visit=${visitBy()} desk=${desk} />`,
  )
}

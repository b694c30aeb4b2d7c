import type { Draft } from '../draft.ts'
import { day } from '../fields/day.ts'
import { bodyOf } from '../fields/general.ts'
import { indexKeys } from '../fields/index-keys.ts'
import { remedyFields } from '../fields/remedy.ts'
import { summaryLine } from '../fields/summary.ts'
import { oneOf } from '../fields/text.ts'
import { defineNoticeType } from '../notice-type.ts'
import { sha256 } from '../sha256.ts'

const actions = {
  hide: 'hide the notice',
  'stop-acting': 'stop acting on it',
  'erase-personal-part': 'erase the names',
  'return-goods': 'return the goods',
} as const

const body = bodyOf({
  ...remedyFields,
  requiredAction: oneOf(
    Object.keys(actions) as (keyof typeof actions)[],
    'Required action',
    'What every holder must do.',
  ),
  confirmBy: day('Confirm by', 'The day by which every holder answers that it has done so.'),
})

const target = sha256('a denial of the exercise')

const overturned: Draft = {
  type: 'withdrawal',
  exercise: true,
  body: {
    target,
    kind: 'court-ordered',
    reason: 'The refusal was overturned on appeal.',
    requiredAction: 'stop-acting',
    confirmBy: '2026-10-01',
    lang: 'en',
    text: { en: 'The denial no longer counts: the refusal was overturned on appeal.' },
    tlp: 'TLP:AMBER',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  parts: { body: { to: 'channel', until: '2036-12-31' } },
  refs: [{ id: target, rel: 'withdraws' }],
}

export const withdrawal = defineNoticeType({
  name: 'withdrawal',
  label: 'Withdrawal',
  purpose: 'Takes back a notice of your own and says what its holders must do.',
  body,
  nominal: false,
  answers: { rel: 'withdraws', field: 'target', from: 'issuer', status: 'withdrawn' },
  summary: ({ kind, requiredAction, confirmBy }) =>
    summaryLine(
      `Withdrawal (${kind.replaceAll('-', ' ')}): ${actions[requiredAction]} and confirm by ${confirmBy}`,
    ),
  gist: { what: ['kind'], why: ['reason'], action: ['requiredAction', 'confirmBy'] },
  deadlines: ({ confirmBy }) => [{ day: confirmBy, at: '/confirmBy', binds: 'readers' }],
  faultsOn: ({ confirmBy }, today) =>
    confirmBy !== undefined && confirmBy < today
      ? [{ pointer: '/confirmBy', code: 'rule', detail: 'Choose a day from today on.' }]
      : [],
  keys: () => indexKeys({}),
  examples: [overturned],
})

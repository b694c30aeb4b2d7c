import type { Draft } from '../draft.ts'
import { bodyOf } from '../fields/general.ts'
import { indexKeys } from '../fields/index-keys.ts'
import { noticeId } from '../fields/reference.ts'
import { addRule, missingIf } from '../fields/rule.ts'
import { summaryLine } from '../fields/summary.ts'
import { line, oneOf } from '../fields/text.ts'
import { defineNoticeType } from '../notice-type.ts'
import { sha256 } from '../sha256.ts'

const findings = ['confirmed', 'not-covered', 'closed', 'new-facts'] as const

const inWords = {
  confirmed: 'Confirmed',
  'not-covered': 'Not covered by the list',
  closed: 'Closed',
  'new-facts': 'New facts',
} satisfies Record<(typeof findings)[number], string>

const form = bodyOf({
  of: noticeId('Follows', 'The notice that this adds to.'),
  finding: oneOf(findings, 'Finding', 'What was found out since.'),
  outcome: line('Outcome', 'What came of it; needed when the case is closed.', 500).optional(),
})

const body = addRule(form, ['finding', 'outcome'], ({ finding, outcome }) =>
  missingIf(finding === 'closed' && outcome === undefined, 'outcome', 'Say what came of it.'),
)

const of = sha256('an alert of the exercise')

const notCovered: Draft = {
  type: 'follow-up',
  exercise: true,
  body: {
    of,
    finding: 'not-covered',
    lang: 'en',
    text: { en: 'The visor is worn by ward staff to keep off infection. It cannot be used as a spit hood.' },
    tlp: 'TLP:GREEN',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  parts: { body: { to: 'channel', until: '2036-12-31' } },
  refs: [{ id: of, rel: 'follows' }],
}

const closed: Draft = {
  ...notCovered,
  body: { ...notCovered.body, finding: 'closed', outcome: 'Released to the hospital after six days.' },
}

export const followUp = defineNoticeType({
  name: 'follow-up',
  label: 'Follow-up',
  purpose: 'Tells what became of an alert, a sighting or a denial, whoever issued it.',
  body,
  nominal: false,
  answers: { rel: 'follows', field: 'of', from: 'anyone' },
  summary: ({ finding, outcome }) =>
    summaryLine(
      outcome === undefined ? `Follow-up: ${inWords[finding]}` : `Follow-up: ${inWords[finding]}. ${outcome}`,
    ),
  gist: { what: ['finding', 'outcome'] },
  keys: () => indexKeys({}),
  examples: [notCovered, closed],
})

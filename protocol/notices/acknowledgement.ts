import type { Draft } from '../draft.ts'
import { day } from '../fields/day.ts'
import { bodyOf } from '../fields/general.ts'
import { indexKeys } from '../fields/index-keys.ts'
import { nationalRef, noticeId } from '../fields/reference.ts'
import { addRule, missingIf } from '../fields/rule.ts'
import { summaryLine } from '../fields/summary.ts'
import { line, oneOf, yesNo } from '../fields/text.ts'
import { defineNoticeType } from '../notice-type.ts'
import { sha256 } from '../sha256.ts'

/** That a notice was received, beacons tell; that it was read stays at home. */
const levels = ['actioned', 'applied', 'cannot-comply'] as const

const actions = {
  'forwarded-to-customs': 'forwarded to customs',
  'watch-set': 'watch set',
  'nothing-to-do': 'nothing to do',
  'already-known': 'already known',
  'needs-translation': 'needs translation',
} as const

const form = bodyOf({
  of: noticeId('Acknowledges', 'The notice that was acted on.'),
  level: oneOf(levels, 'Level', '"applied" answers a withdrawal or correction.'),
  at: day('Date', 'The day it was done or found impossible.'),
  actionCode: oneOf(
    Object.keys(actions) as (keyof typeof actions)[],
    'Action',
    'What was done; needed with "actioned".',
  ).optional(),
  nationalCaseRef: nationalRef().optional(),
  dueMet: yesNo('In time', 'Whether it was done by the day asked for.').optional(),
  obstacle: line('Obstacle', 'Why it cannot be done; needed with "cannot-comply".', 500).optional(),
})

const body = addRule(form, ['level', 'actionCode', 'obstacle'], ({ level, actionCode, obstacle }) => [
  ...missingIf(level === 'actioned' && actionCode === undefined, 'actionCode', 'Say what was done.'),
  ...missingIf(level === 'cannot-comply' && obstacle === undefined, 'obstacle', 'Say why it cannot be done.'),
])

const of = sha256('a denial of the exercise')

const forwarded: Draft = {
  type: 'acknowledgement',
  exercise: true,
  body: {
    of,
    level: 'actioned',
    at: '2026-02-23',
    actionCode: 'forwarded-to-customs',
    nationalCaseRef: 'QN-CUS-2026-77',
    lang: 'en',
    text: { en: 'All customs offices were told.' },
    tlp: 'TLP:AMBER',
    preparedBy: 'licensing-officer',
    releasedBy: 'releaser',
  },
  parts: { body: { to: 'channel', until: '2036-12-31' } },
  refs: [{ id: of, rel: 'answers' }],
}

/** For the eyes of one reader: its envelope does not tell who answered whom. */
const impossible: Draft = {
  ...forwarded,
  body: {
    ...forwarded.body,
    level: 'cannot-comply',
    obstacle: 'The goods had left before the notice came.',
    text: { en: 'We could not hold the goods.' },
    tlp: 'TLP:RED',
  },
  readers: ['QM'],
  parts: { body: { to: 'named', until: '2036-12-31' } },
}

export const acknowledgement = defineNoticeType({
  name: 'acknowledgement',
  label: 'Acknowledgement',
  purpose: 'Tells the issuer what was done about a notice, or why nothing could be.',
  body,
  nominal: false,
  answers: { rel: 'answers', field: 'of', from: 'anyone' },
  summary: ({ level, actionCode, at }) => {
    if (level === 'cannot-comply') return `Cannot comply, ${at}`
    const done = level === 'applied' ? 'Applied' : 'Acted on'
    return summaryLine(actionCode === undefined ? `${done}, ${at}` : `${done}, ${at}: ${actions[actionCode]}`)
  },
  gist: { what: ['level', 'actionCode'], when: ['at'], why: ['obstacle'] },
  keys: ({ nationalCaseRef }) => indexKeys({ references: [nationalCaseRef] }),
  suggest: (_body, { day: today }) => ({ usual: { '/at': today } }),
  examples: [forwarded, impossible],
})

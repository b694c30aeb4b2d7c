import { noticeId } from './reference.ts'
import { line, oneOf, prose } from './text.ts'

/** Why a notice is taken back or put right. */
const remedyKinds = [
  'clerical',
  'substantive',
  'classification-change',
  'confidentiality-breach',
  'unfounded',
  'sent-in-error',
  'court-ordered',
  'erasure',
] as const

/** What withdrawals and corrections share. */
export const remedyFields = {
  target: noticeId('Notice', 'The notice concerned.'),
  kind: oneOf(remedyKinds, 'Kind', 'What sort of reason it is.'),
  reason: prose('Reason', 'The reason in words.', 2000),
  consentOf: line(
    'Consent of',
    'The authority of the notifier that agreed, where the law asks for it.',
    200,
  ).optional(),
}

import { isError, isObject, parseSignedText, type SignedDocument } from '#protocol'
import { problemOf } from '../../desk/problem.ts'
import type { WrongField } from '../components/error-summary.ts'
import type { Visit } from '../visit.ts'

/** What a signed file is: a word of its document tells. */
const marks = { coordinators: 'root', purpose: 'join', members: 'members', head: 'stop' } as const
export type OfferedKind = (typeof marks)[keyof typeof marks]

export interface Offered {
  kind: OfferedKind
  signed: SignedDocument
}

/** The field of the forms that take a signed file. */
export const offeredField = 'document'

/** What was handed in; nothing of it is verified yet. Gives what is wrong instead where it cannot be read. */
export function readOffered(visit: Visit, wanted: readonly OfferedKind[]): Offered | WrongField {
  const { t } = visit
  const text = offeredText(visit)
  if (text === '') return { name: offeredField, message: t('members.wrong.empty') }
  const offered = parsed(text)
  if (offered === undefined) return { name: offeredField, message: t('members.wrong.unread') }
  return wanted.includes(offered.kind) ? offered : { name: offeredField, message: t('members.wrong.kind') }
}

export function isOffered(read: Offered | WrongField): read is Offered {
  return 'kind' in read
}

export function offeredText({ fields }: Visit): string {
  return fields.get(offeredField)?.trim() ?? ''
}

/** Why a file that could be read is refused, beside its field. Throws what is not about the file. */
export function refusal(thrown: unknown, { wordsOf }: Visit): WrongField {
  if (!isError(thrown)) throw thrown
  if (problemOf(thrown).status >= 500) throw thrown
  return { name: offeredField, message: wordsOf(thrown), error: thrown }
}

function parsed(text: string): Offered | undefined {
  try {
    const signed = parseSignedText(text)
    const document: unknown = JSON.parse(signed.document)
    if (!isObject(document)) return undefined
    const mark = Object.entries(marks).find(([name]) => Object.hasOwn(document, name))
    return mark && { kind: mark[1], signed }
  } catch {
    return undefined
  }
}

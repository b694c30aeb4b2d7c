import { findNoticeType, isObject, type Json, type JsonObject, type NoticeType, partNames } from '#protocol'
import type { KeptNotice } from './admission.ts'
import { contentOf, findingsOf } from './content.ts'
import { isToldElsewhere } from './desk/passing-on.ts'
import type { NoticeFacts } from './subscription.ts'

/** What the filters of subscriptions ask of a notice; what is not held, or out of form, is met by nothing. */
export function noticeFacts(
  { envelope, parts, isVoid }: KeptNotice,
  types: readonly NoticeType[],
): NoticeFacts {
  const { type, refs, body, nominal } = contentOf(envelope, parts)
  const { keys, words } = findingsOf(envelope, parts, types)
  const urgency = body?.urgency
  return {
    issuer: envelope.issuer,
    type,
    refs,
    isVoid,
    categories: keys.category,
    goods: keys.goods,
    hs: keys.hs,
    countries: keys.country,
    names: Object.values(nominal ?? {}).flatMap(namesOf),
    ...(typeof urgency === 'string' && { urgency }),
    words,
  }
}

/** Whether more may be told elsewhere than that it came. */
export function mayBeToldElsewhere({ envelope, parts }: KeptNotice): boolean {
  const audiences = partNames(envelope).map(name => ({ name, to: envelope.parts[name]?.to ?? 'named' }))
  return isToldElsewhere({ parts: audiences, body: contentOf(envelope, parts).body })
}

/** By which reference a type answers a notice, and whether that changes the notice. */
export function answerOf(
  name: string,
  types: readonly NoticeType[],
): { rel: string; isChange: boolean } | undefined {
  const rule = findNoticeType(name, types)?.answers
  return rule && { rel: rule.rel, isChange: rule.status !== undefined }
}

function namesOf(party: Json): string[] {
  if (!isObject(party)) return []
  const { name, nameLatin, aliases } = party as JsonObject
  return [name, nameLatin, ...(Array.isArray(aliases) ? aliases : [])].filter(
    each => typeof each === 'string',
  )
}

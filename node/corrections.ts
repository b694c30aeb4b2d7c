import {
  afterCorrections,
  type Draft,
  type FieldError,
  findNoticeType,
  type JsonObject,
  type NoticeType,
  partForm,
} from '#protocol'
import type { KeptNotice } from './admission.ts'
import { contentOf } from './content.ts'
import type { Store } from './store/index.ts'

export interface CorrectionsOptions {
  store: Store
  types: readonly NoticeType[]
}

/** What a draft that puts a notice right would make wrong in it; nothing where the notice is not at hand. */
export function correctionErrors(draft: Draft, options: CorrectionsOptions): FieldError[] {
  const { answers, corrects } = findNoticeType(draft.type, options.types) ?? {}
  const target = draft.refs?.find(({ rel }) => rel === answers?.rel)
  const kept = target && options.store.notices.find(target.id)
  if (corrects === undefined || kept === undefined) return []
  const { type } = contentOf(kept.envelope, kept.parts)
  const was = bodyAsItStands(kept, options)
  if (was === undefined || findNoticeType(type, options.types) === undefined) return []
  const placed = (at: string) => `/body${corrects.placeOf(draft.body as never, at)}`
  const corrected = corrects.corrected(draft.body as never, was)
  if (corrected === undefined) return [{ pointer: placed(''), code: 'rule', detail: fitsNot }]
  return partForm(type, 'body', corrected, options.types).map(error => ({
    ...error,
    pointer: placed(error.pointer),
  }))
}

const fitsNot = 'This does not fit the notice as it stands now.'

/** After those of its corrections that count. */
function bodyAsItStands(kept: KeptNotice, { store, types }: CorrectionsOptions): JsonObject | undefined {
  const { type, body } = contentOf(kept.envelope, kept.parts)
  const corrections = store.notices.refsTo(kept.envelope.id).flatMap(({ id, rel }) => {
    const answer = store.notices.find(id)
    if (answer === undefined || answer.isVoid || answer.envelope.issuer !== kept.envelope.issuer) return []
    const said = contentOf(answer.envelope, answer.parts)
    const { answers, corrects } = findNoticeType(said.type, types) ?? {}
    return corrects && answers?.rel === rel ? [{ id, seq: answer.envelope.seq, ...said }] : []
  })
  return body && afterCorrections({ type, body }, corrections, types).body
}

import type { Draft, FieldError, JsonObject } from '#protocol'
import type { KeptNotice } from './admission.ts'
import { readersOf, usualReaders } from './desk/answer-readers.ts'
import type { Store } from './store/index.ts'

export interface AudienceOptions {
  member: string
  store: Store
}

/**
 * What in a draft would tell of a notice for named readers to others than them: a part for the channel, for then its
 * references stand in the envelope, and a reader who is none of them.
 */
export function audienceErrors(draft: Draft, { member, store }: AudienceOptions): FieldError[] {
  const closed = (draft.refs ?? []).flatMap(({ id }) => {
    const kept = store.notices.find(id)
    return kept !== undefined && isClosed(kept) ? [closedOf(kept)] : []
  })
  if (closed.length === 0) return []
  const mayRead = (reader: string) =>
    reader === member || closed.every(each => readersOf(each).includes(reader))
  const open = Object.entries(draft.parts).filter(([, { to }]) => to === 'channel')
  return [
    ...open.map(([name]) => ({ pointer: `/parts/${name}/to`, code: 'too-wide', detail: notForChannel })),
    ...(draft.readers ?? []).flatMap((reader, at) =>
      mayRead(reader) ? [] : [{ pointer: `/readers/${at}`, code: 'too-wide', detail: notForReader }],
    ),
  ]
}

const notForChannel = 'The notice that this refers to is for named readers: name readers here too.'
const notForReader = 'This participant does not read the notice that this refers to.'

/** What an answer to a notice for named readers says of its own readers where its author says nothing. */
export function usualAudience(kept: KeptNotice, given: JsonObject, member: string): JsonObject {
  if (!isClosed(kept)) return {}
  const { parts } = given
  if (parts !== undefined && !JSON.stringify(parts).includes('"named"')) return {}
  const until = kept.envelope.parts.body?.until
  return {
    readers: usualReaders(closedOf(kept), member),
    parts: { body: { to: 'named', ...(until !== undefined && { until }) } },
  }
}

function isClosed({ envelope }: KeptNotice): boolean {
  return envelope.parts.body?.to !== 'channel'
}

function closedOf({ envelope, parts }: KeptNotice) {
  return { issuer: envelope.issuer, parts }
}

import {
  type CarriedRef,
  type Envelope,
  findNoticeType,
  type IndexKeys,
  isObject,
  type Json,
  type JsonObject,
  limits,
  type NoticeType,
  type Part,
  partForm,
  patterns,
  sealedType,
} from '#protocol'
import type { Flag } from './admission.ts'

/** What a notice says once its body is read: for a sealed one the true type and references stand inside. */
export interface Content {
  type: string
  refs: readonly CarriedRef[]
  body: JsonObject | undefined
  nominal: JsonObject | undefined
}

export function contentOf(envelope: Envelope, parts: readonly Part[]): Content {
  const value = partValue(parts, 'body')
  const nominal = asObject(partValue(parts, 'nominal'))
  if (envelope.type !== sealedType)
    return { type: envelope.type, refs: envelope.refs, body: asObject(value), nominal }
  const sealed = asObject(value)
  return {
    type: typeof sealed?.type === 'string' ? sealed.type : sealedType,
    refs: refsWithin(sealed?.refs),
    body: asObject(sealed?.body),
    nominal,
  }
}

/** What the store finds a notice by, and what is odd about its parts; a body out of form is kept but found by nothing. */
export function findingsOf(
  envelope: Envelope,
  parts: readonly Part[],
  types: readonly NoticeType[],
): { flags: Flag[]; keys: IndexKeys; words: string } {
  const { type: name, body, nominal } = contentOf(envelope, parts)
  const type = findNoticeType(name, types)
  const flags: Flag[] = []
  let keys = noKeys
  if (partValue(parts, 'body') !== undefined && body === undefined) flags.push('body-form')
  if (partValue(parts, 'nominal') !== undefined && nominal === undefined) flags.push('nominal-form')
  if (type === undefined && body !== undefined) flags.push('type-unknown')
  if (type !== undefined && body !== undefined) {
    if (partForm(name, 'body', body, types).length > 0) flags.push('body-form')
    else keys = type.keys(body as never)
  }
  if (nominal !== undefined && partForm(name, 'nominal', nominal, types).length > 0)
    flags.push('nominal-form')
  return { flags, keys, words: body === undefined ? '' : fold(textsOf(body).join(' ')) }
}

export const noKeys: IndexKeys = { category: [], goods: [], hs: [], country: [], reference: [] }

/** Most texts: without accents, which are costly to look for. */
const ascii = /^[ -~\s]*$/

/** Text as it is searched: without case, accents and runs of space. */
export function fold(text: string): string {
  const plain = ascii.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.toLowerCase().replace(/\s+/g, ' ').trim()
}

function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

function partValue(parts: readonly Part[], name: string): Json | undefined {
  return parts.find(part => part.name === name)?.value
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined
}

/** References of a sealed notice, as far as a stranger's bytes hold any. */
function refsWithin(value: Json | undefined): CarriedRef[] {
  if (!Array.isArray(value)) return []
  return value
    .slice(0, limits.refsPerNotice)
    .flatMap(ref =>
      isObject(ref) &&
      typeof ref.id === 'string' &&
      patterns.digest.test(ref.id) &&
      typeof ref.rel === 'string'
        ? [{ id: ref.id, rel: ref.rel }]
        : [],
    )
}

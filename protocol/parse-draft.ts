import { isObject } from './canonical.ts'
import { channelOfGoods } from './channels.ts'
import type { Draft } from './draft.ts'
import { draftForm } from './draft-form.ts'
import { type FieldError, FocalpointError } from './errors.ts'
import { formErrors, pointerOf } from './field-errors.ts'
import { jsonFaults } from './fields/json.ts'
import { nominal } from './fields/party.ts'
import { limits } from './limits.ts'
import type { NoticeType } from './notice-type.ts'
import { findNoticeType, noticeTypes } from './notices/index.ts'

export interface ParseDraftOptions {
  types?: readonly NoticeType[]
  /** Who drafts: outside drills, the network reference must then be its own. */
  member?: string
}

/** Reads a draft; throws `draft-invalid` with every wrong field at once, `type-unknown`, `channel-mixed`. */
export function parseDraft(value: unknown, { types = noticeTypes, member }: ParseDraftOptions = {}): Draft {
  if (!isObject(value))
    throw invalid([fieldError('', 'type', 'A draft is an object with type, body and parts.')])
  const type = typeOf(value, types)
  const errors = [
    ...formErrors(draftForm(type), value),
    // One level is kept for sealing, which wraps the body.
    ...jsonErrors(value, limits.jsonDepth - 1),
    ...nominalErrors(value),
    ...readersErrors(value),
    ...answerErrors(value, type),
    ...referenceErrors(value, member),
  ]
  if (errors.length > 0) throw invalid(errors)
  const draft = structuredClone(value) as unknown as Draft
  channelOfGoods(type.keys(draft.body).category)
  return draft
}

/** What in a part from a peer does not follow its form: nothing where the type is unknown, for it is carried, not judged. */
export function partForm(
  typeName: string,
  name: string,
  value: unknown,
  types: readonly NoticeType[] = noticeTypes,
): FieldError[] {
  const type = findNoticeType(typeName, types)
  if (type === undefined) return []
  const form = name === 'body' ? type.body : name === 'nominal' && type.nominal ? nominal : undefined
  if (form === undefined) return []
  return once([...formErrors(form, value), ...jsonErrors(value, limits.jsonDepth - 1)])
}

function typeOf(value: { type?: unknown }, types: readonly NoticeType[]): NoticeType {
  if (value.type === undefined) throw invalid([fieldError('/type', 'missing', 'This is needed.')])
  if (typeof value.type !== 'string') throw invalid([fieldError('/type', 'type', 'This must be text.')])
  const type = findNoticeType(value.type, types)
  if (type !== undefined) return type
  const known = types.map(({ name }) => name)
  throw new FocalpointError(
    'type-unknown',
    `There is no such type of notice. Use one of: ${known.join(', ')}.`,
    {
      type: value.type,
      known,
    },
  )
}

/** The part `nominal` and its rule come together, and name only parties of the body. */
function nominalErrors({ body, nominal, parts }: { [name: string]: unknown }): FieldError[] {
  const given = nominal !== undefined
  const ruled = isObject(parts) && parts.nominal !== undefined
  const parties = isObject(body) && isObject(body.parties) ? body.parties : {}
  const strangers = isObject(nominal) ? Object.keys(nominal).filter(key => !Object.hasOwn(parties, key)) : []
  return [
    ...(given && !ruled ? [fieldError('/parts/nominal', 'missing', 'Say whom the names are for.')] : []),
    ...(ruled && !given ? [fieldError('/parts/nominal', 'unknown', 'This draft names no party.')] : []),
    ...strangers.map(key =>
      fieldError(pointerOf(['nominal', key]), 'rule', 'No party of the body has this key.'),
    ),
  ]
}

/** Readers are named exactly when a part is for them. */
function readersErrors({ readers, parts }: { [name: string]: unknown }): FieldError[] {
  const named = isObject(parts) && Object.values(parts).some(rule => isObject(rule) && rule.to === 'named')
  if (named && readers === undefined) return [fieldError('/readers', 'missing', 'Name the readers.')]
  if (!named && readers !== undefined)
    return [fieldError('/readers', 'unknown', 'No part is for named readers.')]
  if (!Array.isArray(readers)) return []
  return readers.flatMap((reader, at) =>
    readers.indexOf(reader) < at ? [fieldError(`/readers/${at}`, 'rule', 'This reader is named twice.')] : [],
  )
}

/** An answering type has its reference exactly once, to the notice that its body names. */
function answerErrors({ body, refs }: { [name: string]: unknown }, { answers }: NoticeType): FieldError[] {
  if (answers === undefined) return []
  const { rel, field } = answers
  const all: unknown[] = Array.isArray(refs) ? refs : []
  const ours = all.flatMap((ref, at) => (isObject(ref) && ref.rel === rel ? [{ id: ref.id, at }] : []))
  const [first, second] = ours
  if (first === undefined)
    return [fieldError('/refs', 'missing', `Give the notice it answers as a reference "${rel}".`)]
  if (second !== undefined)
    return [fieldError(`/refs/${second.at}`, 'rule', `Only one reference may be "${rel}".`)]
  if (!isObject(body) || typeof body[field] !== 'string' || body[field] === first.id) return []
  return [fieldError(`/refs/${first.at}/id`, 'rule', `This must be the notice in the body's "${field}".`)]
}

function referenceErrors(
  { body, exercise }: { [name: string]: unknown },
  member: string | undefined,
): FieldError[] {
  if (member === undefined || exercise === true || !isObject(body)) return []
  const reference = body.networkRef
  if (typeof reference !== 'string' || reference.startsWith(`${member}-`)) return []
  return [fieldError('/body/networkRef', 'rule', `Your own references begin with ${member}-.`)]
}

/** Text rules everywhere, `__proto__` nowhere, and no deeper than the protocol reads. */
function jsonErrors(value: unknown, depth: number): FieldError[] {
  return jsonFaults(value, depth).map(({ path, says }) => fieldError(pointerOf(path), 'rule', says))
}

function fieldError(pointer: string, code: string, detail: string): FieldError {
  return { pointer, code, detail }
}

function invalid(errors: FieldError[]): FocalpointError<'draft-invalid'> {
  const each = once(errors)
  const fields = each.length === 1 ? '1 field' : `${each.length} fields`
  return new FocalpointError(
    'draft-invalid',
    `${fields} of this draft must be put right; nothing was stored.`,
    {
      errors: each,
    },
  )
}

/** Two rules may say the same of one field; a part of a stranger's may have many thousands that are wrong. */
function once(errors: FieldError[]): FieldError[] {
  const first = new Map<string, FieldError>()
  for (const error of errors) {
    const said = JSON.stringify([error.pointer, error.detail])
    if (!first.has(said)) first.set(said, error)
  }
  return [...first.values()]
}

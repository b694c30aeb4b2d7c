import { isObject, type Json, type JsonObject } from '#protocol'
import type { Answers } from '../../../desk/drafting.ts'
import type { Field } from './describe.ts'
import { below, isWithin } from './pointer.ts'

// A form and a draft are two ways to say one thing. The name of an input is the JSON Pointer of its value in the draft,
// so that what is wrong with a value is told at its input. An empty input is no value; an entry of a list is there as
// soon as one of its inputs is, even an empty one, so that entries keep their numbers.

/** What a form says, as a value; what cannot be read as its kind stays a text, to be found wrong by the form's rules. */
export function valueFrom(fields: URLSearchParams, form: Field, at = ''): Json | undefined {
  return valueIn(answersFrom(fields), form, at)
}

export function valueIn(answers: Answers, form: Field, at = ''): Json | undefined {
  return readers[form.kind]({ answers, form, at, texts: (answers[at] ?? []).filter(text => text !== '') })
}

/** Inputs and what stands in them, for a value of this form. */
export function answersOf(value: Json | undefined, form: Field, at = ''): Answers {
  return Object.fromEntries(inputsOf(value, form, at))
}

/** Names of the form's own buttons do not begin with a slash. */
export function answersFrom(fields: URLSearchParams): Answers {
  const names = [...new Set(fields.keys())].filter(name => name.startsWith('/'))
  return Object.fromEntries(names.map(name => [name, fields.getAll(name).map(cleaned)]))
}

/** Browsers send CRLF; notices hold line feeds and NFC only. */
function cleaned(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').normalize('NFC').trim()
}

/** Which entries of a list, or keys of a record, any input of the form is in, as they come. */
export function membersAt(answers: Answers, at: string): string[] {
  const found = new Set(
    Object.keys(answers).flatMap(name => {
      if (!name.startsWith(`${at}/`)) return []
      return name.slice(at.length + 1).split('/')[0] ?? []
    }),
  )
  return [...found]
}

export function isAnswered(answers: Answers, at: string): boolean {
  return Object.entries(answers).some(
    ([name, texts]) => isWithin(name, at) && texts.some(text => text !== ''),
  )
}

interface Reading {
  answers: Answers
  form: Field
  at: string
  texts: readonly string[]
}

const first = ({ texts }: { texts: readonly string[] }): Json | undefined => texts[0]

const readers: Record<Field['kind'], (reading: Reading) => Json | undefined> = {
  text: first,
  prose: first,
  day: first,
  country: first,
  language: first,
  'one-of': first,
  'yes-no': ({ texts: [text] }) =>
    text === undefined ? undefined : text === 'yes' || (text === 'no' ? false : text),
  number: ({ texts: [text] }) => (text === undefined ? undefined : numberOr(text)),
  json: ({ texts: [text] }) => (text === undefined ? undefined : jsonOr(text)),
  'several-of': ({ texts }) => (texts.length === 0 ? undefined : [...texts]),
  list: listIn,
  keyed: keyedIn,
  group: groupIn,
}

function listIn({ answers, form, at }: Reading): Json | undefined {
  if (form.kind !== 'list') return undefined
  const numbers = membersAt(answers, at)
    .map(Number)
    .filter(Number.isSafeInteger)
    .sort((one, other) => one - other)
  const items = numbers.flatMap(number => {
    const item = valueIn(answers, form.item, below(at, number))
    return item === undefined ? (isScalar(form.item) ? [] : [emptyOf(form.item)]) : [item]
  })
  return items.length === 0 ? undefined : items
}

function keyedIn({ answers, form, at }: Reading): Json | undefined {
  if (form.kind !== 'keyed') return undefined
  const entries = membersAt(answers, at).map(name => {
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~')
    return [key, valueIn(answers, form.item, `${at}/${name}`) ?? emptyOf(form.item)] as const
  })
  const given = entries.filter(([, value]) => !(isScalar(form.item) && value === ''))
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** A group that is needed is there even when empty: what it lacks is then told field by field. */
function groupIn({ answers, form, at }: Reading): JsonObject | undefined {
  if (form.kind !== 'group') return undefined
  const entries = form.fields.flatMap(field => {
    const value = valueIn(answers, field, below(at, field.name))
    return value === undefined ? [] : [[field.name, value] as const]
  })
  if (form.isOptional && !isAnswered(answers, at)) return undefined
  return Object.fromEntries(entries)
}

export function isScalar(field: Field): boolean {
  return !['group', 'list', 'keyed'].includes(field.kind)
}

function emptyOf(field: Field): Json {
  if (field.kind === 'list') return []
  return isScalar(field) ? '' : {}
}

function numberOr(text: string): Json {
  return /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? Number(text) : text
}

function jsonOr(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function inputsOf(value: Json | undefined, form: Field, at: string): [string, string[]][] {
  if (value === undefined) return []
  if (form.kind === 'json') return [[at, [JSON.stringify(value, null, 1)]]]
  if (form.kind === 'several-of' && Array.isArray(value)) return [[at, value.map(String)]]
  if (form.kind === 'yes-no') return [[at, [value === true ? 'yes' : value === false ? 'no' : String(value)]]]
  if (form.kind === 'list' && Array.isArray(value))
    return value.flatMap((item, number) => inputsOf(item, form.item, below(at, number)))
  if (form.kind === 'keyed' && isObject(value))
    return Object.entries(value).flatMap(([key, item]) => inputsOf(item as Json, form.item, below(at, key)))
  if (form.kind === 'group' && isObject(value))
    return form.fields.flatMap(field => inputsOf(value[field.name] as Json, field, below(at, field.name)))
  return [[at, [String(value)]]]
}

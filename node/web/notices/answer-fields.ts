import type { Json, JsonObject, NoticeType } from '#protocol'
import { Select, TextArea, TextField } from '../components/field.ts'
import { bodyForm, type FormField } from '../content/form.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

/** One question of the form of an answer. */
interface Asked {
  name: string
  field: FormField
  isNeeded: boolean
}

/** What every body carries: asked once, in words of its own. */
const general = ['lang', 'text', 'tlp', 'preparedBy', 'releasedBy', 'confidence', 'attachments']

/** Texts longer than this get more than one line. */
const lineCharacters = 300

/** What an answer must say beside what all notices say; groups and lists are left to the drafting page. */
export function askedOf(type: NoticeType): Asked[] {
  const { properties = {}, required = [] } = bodyForm(type)
  return Object.entries(properties)
    .filter(([name]) => name !== type.answers?.field && !general.includes(name))
    .filter(([name, field]) => isSimple(field) && isSaidBy(type, name))
    .map(([name, field]) => ({ name, field, isNeeded: required.includes(name) }))
}

function isSimple({ type }: FormField): boolean {
  return type === 'string' || type === 'boolean' || type === 'integer' || type === 'number'
}

/** What a correction replaces, it names itself. */
function isSaidBy(type: NoticeType, name: string): boolean {
  return type.corrects === undefined || name !== 'targetType'
}

export interface AnswerFieldOf {
  asked: Asked
  prefix: string
  value: string
  error?: string | undefined
  visit: Visit
}

export function AnswerField({
  asked: { name, field, isNeeded },
  prefix,
  value,
  error,
  visit,
}: AnswerFieldOf) {
  const { t, words } = visit
  const framed = {
    name: `${prefix}.${name}`,
    label: words(field.title ?? name),
    value,
    ...(field.description !== undefined && { description: words(field.description) }),
    ...(error !== undefined && { error }),
    ...(!isNeeded && { isOptional: t('form.optional') }),
  }
  const choices = choicesOf(field, visit)
  if (choices !== undefined)
    return html`<${Select} ...${framed} choices=${choices} nothing=${t('notice.choose')} />`
  if ((field.maxLength ?? 0) > lineCharacters) return html`<${TextArea} ...${framed} />`
  const isDay = field.pattern?.startsWith('^\\d{4}-') === true
  return html`<${TextField} ...${framed} type=${isDay ? 'date' : 'text'} />`
}

function choicesOf(field: FormField, { t, words }: Visit) {
  if (field.type === 'boolean') {
    return [
      { value: 'yes', label: t('notice.yes') },
      { value: 'no', label: t('notice.no') },
    ]
  }
  return field.enum?.map(value => ({ value, label: words(value) }))
}

/** What was filled in, as the body has it; what was left empty is not there. */
export function answered(type: NoticeType, { prefix, visit }: { prefix: string; visit: Visit }): JsonObject {
  const entries = askedOf(type).flatMap(({ name, field }): [string, Json][] => {
    const text = (visit.fields.get(`${prefix}.${name}`) ?? '').trim()
    return text === '' ? [] : [[name, typed(text, field)]]
  })
  return Object.fromEntries(entries)
}

/** A text from a form, as what the field takes. */
export function typed(text: string, { type }: FormField): Json {
  if (type === 'boolean') return text === 'yes'
  if ((type === 'number' || type === 'integer') && text !== '' && Number.isFinite(Number(text))) {
    return Number(text)
  }
  return text
}

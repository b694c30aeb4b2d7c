import { draftSchema, findNoticeType, isObject, type NoticeType } from '#protocol'

interface Named {
  /** Its name among its siblings; empty for the entries of a list. */
  name: string
  title: string
  description: string
  isOptional: boolean
}

/** A field of a form, as it is asked. */
export type Field = Named &
  (
    | { kind: 'text' | 'prose'; most: number | undefined }
    | { kind: 'day' | 'country' | 'language' | 'yes-no' | 'json' }
    | { kind: 'number'; isWhole: boolean }
    | { kind: 'one-of' | 'several-of'; words: readonly string[] }
    | { kind: 'list'; item: Field; least: number; most: number }
    | { kind: 'group'; fields: readonly Field[] }
    | { kind: 'keyed'; item: Field; keyKind: 'text' | 'language' }
  )

export type Group = Field & { kind: 'group' }
export type FieldKind = Field['kind']

/** JSON Schema 2020-12, as far as forms of notices use it. */
interface Schema {
  type?: string
  title?: string
  description?: string
  enum?: string[]
  const?: string
  pattern?: string
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  propertyNames?: Schema
  additionalProperties?: Schema | boolean
}

/** By the grammar of a text: how it is asked. */
const grammars: Record<string, 'day' | 'country' | 'language'> = {
  '^\\d{4}-\\d{2}-\\d{2}$': 'day',
  '^[A-Z]{2}$': 'country',
  '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$': 'language',
}

const described = new WeakMap<NoticeType, Group>()

/** The form of a whole draft of this type, as a tree of fields. */
export function describeDraft(type: NoticeType): Group {
  const known = described.get(type)
  if (known !== undefined) return known
  const form = describe(draftSchema(type) as Schema) as Group
  described.set(type, form)
  return form
}

/** Where a draft holds the whole body of another notice, that body is asked in the form of its own type. */
export function formOf(type: NoticeType, value: unknown, types: readonly NoticeType[]): Group {
  const form = describeDraft(type)
  const body = isObject(value) && isObject(value.body) ? value.body : {}
  const inner = typeof body.targetType === 'string' ? findNoticeType(body.targetType, types) : undefined
  const innerBody = inner && fieldIn(describeDraft(inner), 'body')
  if (innerBody === undefined) return form
  return replaced(form, ['body', 'replacement'], held => ({ ...innerBody, ...namesOf(held) }))
}

export function fieldIn(group: Field, name: string): Field | undefined {
  return group.kind === 'group' ? group.fields.find(field => field.name === name) : undefined
}

/** The field that a JSON Pointer leads to; undefined where the form has none. */
export function fieldAt(form: Field, path: readonly string[]): Field | undefined {
  const [step, ...rest] = path
  if (step === undefined) return form
  const next = form.kind === 'list' || form.kind === 'keyed' ? form.item : fieldIn(form, step)
  return next && fieldAt(next, rest)
}

function replaced(field: Field, path: readonly string[], change: (held: Field) => Field): Group {
  const [step, ...rest] = path
  const group = field as Group
  return {
    ...group,
    fields: group.fields.map(each => {
      if (each.name !== step) return each
      return rest.length === 0 ? change(each) : replaced(each, rest, change)
    }),
  }
}

function namesOf({ name, title, description, isOptional }: Field): Named {
  return { name, title, description, isOptional }
}

function describe(schema: Schema, name = '', isOptional = false): Field {
  const { title = name, description = '' } = schema
  const named = { name, title, description, isOptional }
  if (schema.properties !== undefined) return { ...named, kind: 'group', fields: fieldsOf(schema) }
  if (schema.enum !== undefined) return { ...named, kind: 'one-of', words: schema.enum }
  if (schema.const !== undefined) return { ...named, kind: 'one-of', words: [schema.const] }
  if (schema.type === 'array') return { ...named, ...listOf(schema) }
  if (schema.type === 'boolean') return { ...named, kind: 'yes-no' }
  if (schema.type === 'number' || schema.type === 'integer')
    return { ...named, kind: 'number', isWhole: schema.type === 'integer' }
  if (schema.type === 'string') return { ...named, ...textOf(schema) }
  const members = schema.additionalProperties
  if (typeof members === 'object' && Object.keys(members).length > 0)
    return { ...named, kind: 'keyed', item: describe(members), keyKind: keyKindOf(schema) }
  return { ...named, kind: 'json' }
}

function fieldsOf({ properties = {}, required = [] }: Schema): Field[] {
  return Object.entries(properties).map(([name, schema]) => describe(schema, name, !required.includes(name)))
}

function listOf({ items = {}, minItems = 0, maxItems = 20 }: Schema) {
  if (items.enum !== undefined) return { kind: 'several-of', words: items.enum } as const
  return { kind: 'list', item: describe(items), least: minItems, most: maxItems } as const
}

function textOf({ pattern, maxLength }: Schema) {
  const grammar = pattern === undefined ? undefined : grammars[pattern]
  if (grammar !== undefined) return { kind: grammar }
  return { kind: pattern === undefined ? 'prose' : 'text', most: maxLength } as const
}

function keyKindOf({ propertyNames }: Schema): 'text' | 'language' {
  return grammars[propertyNames?.pattern ?? ''] === 'language' ? 'language' : 'text'
}

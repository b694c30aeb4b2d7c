import { z } from 'zod'
import type { NoticeType } from '#protocol'

/** A field of a notice's form, as JSON Schema tells it. */
export interface FormField {
  title?: string
  description?: string
  type?: string
  pattern?: string
  maxLength?: number
  enum?: readonly string[]
  properties?: Record<string, FormField>
  required?: readonly string[]
  items?: FormField
  propertyNames?: FormField
  additionalProperties?: FormField | boolean
}

const made = new WeakMap<NoticeType, FormField>()

/** The form of this type's body. */
export function bodyForm(type: NoticeType): FormField {
  const held = made.get(type)
  if (held !== undefined) return held
  const form = z.toJSONSchema(type.body, { io: 'input' }) as FormField
  made.set(type, form)
  return form
}

/** The field at a JSON Pointer into the body; undefined where the form has none. */
export function fieldAt(form: FormField, pointer: string): FormField | undefined {
  let field: FormField | undefined = form
  for (const name of pointer.split('/').slice(1)) field = field && childField(field, name)
  return field
}

export function childField(
  { properties, items, additionalProperties }: FormField,
  name: string,
): FormField | undefined {
  if (items !== undefined) return items
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name]
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}

import { isObject, type Json } from '#protocol'

/** What we read of a JSON Schema: the titles that people know the fields by. */
interface Titles {
  title?: string | undefined
  properties?: Record<string, unknown> | undefined
  items?: unknown
}

/** Each field on a line of its own under the name that people know it by, nested ones indented. */
export function contentLines(value: { [name: string]: Json }, titles: unknown, indent = ''): string[] {
  const { properties = {} } = titlesOf(titles)
  return inOrder(value, Object.keys(properties)).flatMap(([name, field]) => {
    const form = titlesOf(properties[name])
    return fieldLines({ label: form.title ?? name, field, titles: form, indent })
  })
}

/** As the form has them, for a signed text has its fields by the alphabet; those that the form does not know come last. */
function inOrder(value: { [name: string]: Json }, names: readonly string[]): [string, Json][] {
  const placeOf = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length)
  return Object.entries(value).sort(([a], [b]) => placeOf(a) - placeOf(b))
}

interface Field {
  label: string
  field: Json
  titles: unknown
  indent: string
}

function fieldLines({ label, field, titles, indent }: Field): string[] {
  if (isObject(field)) return [`${indent}${label}`, ...contentLines(field, titles, `${indent}  `)]
  if (!Array.isArray(field)) return [`${indent}${label}: ${String(field)}`]
  if (field.every(item => !isObject(item))) return [`${indent}${label}: ${field.map(String).join(', ')}`]
  return field.flatMap((item, at) =>
    fieldLines({ label: `${label} ${at + 1}`, field: item, titles: titlesOf(titles).items, indent }),
  )
}

function titlesOf(schema: unknown): Titles {
  return typeof schema === 'object' && schema !== null ? schema : {}
}

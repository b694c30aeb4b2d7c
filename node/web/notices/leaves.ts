import { isObject, type Json, type JsonObject } from '#protocol'
import { childField, type FormField } from '../content/form.ts'
import type { Visit } from '../visit.ts'

/** One value of a body that can be put right by itself. */
export interface Leaf {
  /** JSON Pointer into the body. */
  at: string
  field: FormField
  /** Where it stands and what it is now, in the reader's language. */
  label: string
  title: string
  /** As it is written, whole. */
  value: string
}

const shownCharacters = 60

/** Every single value of the body, in the order of its form. */
export function leavesOf(body: JsonObject, form: FormField, visit: Visit): Leaf[] {
  const leaves: Leaf[] = []
  const walk = (value: Json, field: FormField | undefined, way: { at: string; titles: string[] }) => {
    if (field === undefined) return
    const title = field.title === undefined ? [] : [visit.words(field.title)]
    const titles = [...way.titles, ...title]
    if (Array.isArray(value)) {
      for (const [at, each] of value.entries()) {
        const numbered = value.length > 1 ? [...titles.slice(0, -1), `${titles.at(-1)} ${at + 1}`] : titles
        walk(each, withoutTitle(childField(field, String(at)), isObject(each)), {
          at: `${way.at}/${at}`,
          titles: numbered,
        })
      }
    } else if (isObject(value)) {
      for (const name of Object.keys(value)) {
        const child = value[name]
        if (child !== undefined) walk(child, childField(field, name), { at: `${way.at}/${name}`, titles })
      }
    } else {
      const title = titles.join(' › ')
      leaves.push({
        at: way.at,
        field,
        label: `${title}: ${shown(value, field, visit)}`,
        title,
        value: String(value),
      })
    }
  }
  walk(body, form, { at: '', titles: [] })
  return leaves
}

/** The entry of a list is told by the list's title and its number. */
function withoutTitle(field: FormField | undefined, isGroup: boolean): FormField | undefined {
  if (field === undefined || !isGroup) return field
  const { title: _title, ...rest } = field
  return rest
}

/** A code stands behind its words, for it is a code that is written in its place. */
function shown(value: Json, field: FormField, { t, words, language }: Visit): string {
  const text = String(value)
  const short = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text
  if (language === 'en') return short
  if (typeof value === 'boolean') return `${t(value ? 'notice.yes' : 'notice.no')} (\u2068${short}\u2069)`
  return field.enum?.includes(text) ? `${words(text)} (\u2068${short}\u2069)` : `\u2068${short}\u2069`
}

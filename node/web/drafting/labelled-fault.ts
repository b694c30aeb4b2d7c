import type { FieldError } from '#protocol'
import { faultOf } from '../components/error-summary.ts'
import type { Visit } from '../visit.ts'
import type { Field } from './form/describe.ts'
import { stepsOf } from './form/pointer.ts'

/** What is wrong, after the title of the field that it is wrong in: "National reference: this is needed." */
export function labelledFault({ pointer, detail }: FieldError, form: Field, visit: Visit): string {
  const titles = titlesOnTheWay(stepsOf(pointer), form)
  return faultOf(titles.at(-1), detail, visit)
}

/** Of the fields that hold each other, those that have a title. */
function titlesOnTheWay(names: readonly string[], form: Field): string[] {
  const titles: string[] = []
  let field: Field | undefined = form
  for (const name of names) {
    field = field && childOf(field, name)
    if (field === undefined) break
    if (field.title !== '') titles.push(field.title)
  }
  return titles
}

function childOf(field: Field, name: string): Field | undefined {
  if (field.kind === 'group') return field.fields.find(each => each.name === name)
  return field.kind === 'list' || field.kind === 'keyed' ? field.item : undefined
}

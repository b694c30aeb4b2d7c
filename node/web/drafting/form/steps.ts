import type { NoticeType } from '#protocol'
import { isAsked } from './asked.ts'
import { type Field, fieldIn, type Group } from './describe.ts'
import { below } from './pointer.ts'

export interface PlacedField {
  /** JSON Pointer into the draft. */
  at: string
  field: Field
}

/** One page of the form. */
export interface Step {
  /** In its address: "decision-type". */
  id: string
  kind: 'fields' | 'parties' | 'audience'
  /** Titles of what is asked on it; none for the audience. */
  titles: readonly string[]
  fields: readonly PlacedField[]
  isOptional: boolean
}

/** How much one page asks: three short questions, or one long. */
const pageWeight = 3
/** A group of more fields than this is a form of its own, spread over pages. */
const groupFieldsMost = 12

/** References are asked together, wherever they stand. */
const references: readonly string[] = ['networkRef', 'nationalRef', 'nationalCaseRef']

/** The pages on which a draft is written, in order. */
export function stepsIn(form: Group, type: NoticeType): Step[] {
  const body = fieldIn(form, 'body')
  if (body?.kind !== 'group') return []
  const unasked = [...(type.answers ? [type.answers.field] : []), ...unusedIn(body)]
  const names = fieldIn(form, 'nominal')
  const steps = stepsOf(body, { at: '/body', prefix: '', unasked })
  const withNames = steps.map(step =>
    names !== undefined && step.kind === 'parties' && step.fields[0]?.at === '/body/parties'
      ? { ...step, fields: [...step.fields, { at: '/nominal', field: names }] }
      : step,
  )
  return [...withNames, audienceStep(form)]
}

/** A correction gives single changes or the whole body: pages give the whole. */
function unusedIn(body: Group): string[] {
  const replacement = fieldIn(body, 'replacement')
  return replacement?.kind === 'group' ? ['patch'] : []
}

function audienceStep(form: Group): Step {
  const fields = ['parts', 'readers', 'exercise'].flatMap(name => {
    const field = fieldIn(form, name)
    return field === undefined ? [] : [{ at: `/${name}`, field }]
  })
  return { id: 'audience', kind: 'audience', titles: [], fields, isOptional: false }
}

interface Stepping {
  at: string
  prefix: string
  unasked: readonly string[]
}

function stepsOf(group: Group, { at, prefix, unasked }: Stepping): Step[] {
  const placed = group.fields
    .filter(({ name }) => isAsked(name, unasked))
    .map(field => ({ at: below(at, field.name), field }))
  const isReference = ({ field }: PlacedField) => references.includes(field.name)
  const first = placed.filter(isReference)
  const steps: Step[] = first.length === 0 ? [] : [stepOf(first, prefix)]
  let open: PlacedField[] = []
  const flush = () => {
    if (open.length > 0) steps.push(stepOf(open, prefix))
    open = []
  }
  for (const each of placed.filter(one => !isReference(one))) {
    const { field } = each
    if (field.kind === 'group' && field.fields.length > groupFieldsMost) {
      flush()
      steps.push(...stepsOf(field, { at: each.at, prefix: `${prefix}${kebab(field.name)}-`, unasked }))
    } else if (weightOf(field) >= pageWeight) {
      if (!field.isOptional) flush()
      steps.push(stepOf([each], prefix))
    } else {
      if (weightOf(...open.map(one => one.field), field) > pageWeight) flush()
      open.push(each)
    }
  }
  flush()
  return steps
}

function stepOf(fields: readonly PlacedField[], prefix: string): Step {
  const needed = fields.filter(({ field }) => !field.isOptional)
  const told = needed.length > 0 ? needed : fields
  const [first] = fields
  return {
    id: prefix + kebab(told[0]?.field.name ?? ''),
    kind: first?.field.name === 'parties' ? 'parties' : 'fields',
    titles: told.map(({ field }) => field.title),
    fields,
    isOptional: needed.length === 0,
  }
}

/** What is optional is folded away and weighs nothing, unless it is long. */
function weightOf(...fields: readonly Field[]): number {
  return fields.reduce(
    (sum, field) => sum + weights[field.kind] * (isShort(field) && field.isOptional ? 0 : 1),
    0,
  )
}

const weights: Record<Field['kind'], number> = {
  text: 1,
  day: 1,
  country: 1,
  language: 1,
  'yes-no': 1,
  number: 1,
  'one-of': 1,
  'several-of': 3,
  prose: 3,
  json: 3,
  list: 3,
  group: 3,
  keyed: 3,
}

function isShort(field: Field): boolean {
  return weights[field.kind] === 1
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

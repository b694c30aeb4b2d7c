import { z } from 'zod'
import { type Draft, draftForm, draftSchema, type NoticeType } from '#protocol'

/** The schemas of these drafts, and of those that answer a notice, by their names in the OpenAPI document. */
export function draftComponents(types: readonly NoticeType[]): { [name: string]: object } {
  const answering = types.filter(type => type.answers)
  return Object.fromEntries([
    ...types.map(type => [type.name, component(draftSchema(type))]),
    ...answering.map(type => [answerName(type), component(answerSchema(type))]),
  ])
}

/** The form of a draft of any type: documented here, judged by the node itself. */
export function draftReference(types: readonly NoticeType[]): z.ZodUnknown {
  return z.unknown().meta({ oneOf: types.map(({ name }) => reference(name)) })
}

/** Complete drafts and answers under the names of their schemas: each may be sent as it stands. */
export function draftExamples(types: readonly NoticeType[]): {
  [name: string]: { summary: string; value: object }
} {
  const known = types.flatMap(type => type.examples.slice(0, 1).map(draft => ({ type, draft })))
  return Object.fromEntries(
    known.flatMap(({ type, draft }) => [
      [type.name, { summary: type.label, value: draft }],
      ...(type.answers ? [[answerName(type), { summary: type.label, value: answerOf(type, draft) }]] : []),
    ]),
  )
}

/** What is left to say of a draft once the notice that it answers is known. */
function answerOf({ answers }: NoticeType, { type: _, refs = [], body, ...rest }: Draft): object {
  const others = refs.filter(({ rel }) => rel !== answers?.rel)
  const said = Object.entries(body).filter(([field]) => field !== answers?.field)
  return { ...rest, body: Object.fromEntries(said), ...(others.length > 0 && { refs: others }) }
}

export function answerReference(type: NoticeType): z.ZodUnknown {
  return z.unknown().meta({ oneOf: [reference(answerName(type))] })
}

/** Components stand inside the document and have no address of their own. */
export function component({ $schema, $id, ...schema }: { [keyword: string]: unknown }): object {
  return schema
}

/** Of an answer posted to the notice that it answers: its type, reference and target are filled in. */
function answerSchema(type: NoticeType): { [keyword: string]: unknown } {
  const schema = z.toJSONSchema(draftForm(type), { io: 'input' })
  const { body } = schema.properties ?? {}
  return {
    ...schema,
    ...without(schema, 'type'),
    properties: {
      ...schema.properties,
      ...(typeof body === 'object' && { body: { ...body, ...without(body, type.answers?.field) } }),
    },
  }
}

function without({ required }: { required?: string[] }, filled: string | undefined): { required?: string[] } {
  return required === undefined ? {} : { required: required.filter(name => name !== filled) }
}

function answerName({ name }: NoticeType): string {
  return `${name}-answer`
}

function reference(name: string): { $ref: string } {
  return { $ref: `#/components/schemas/${name}` }
}

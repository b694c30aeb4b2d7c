import { describe, expect, test } from 'vitest'
import { draftSchema, type Json, noticeTypes } from '#protocol'
import { answersOf, valueFrom } from '../../../../../node/web/drafting/form/answers.ts'
import { describeDraft, type Field, formOf } from '../../../../../node/web/drafting/form/describe.ts'

const examples = noticeTypes.flatMap(type =>
  type.examples.map((draft, at) => ({
    name: `${type.name} ${at + 1}`,
    type,
    draft: draft as unknown as Json,
  })),
)

describe('what a draft says is said by a form, and read from it again', () => {
  test.each(examples)('$name', ({ type, draft }) => {
    const form = formOf(type, draft, noticeTypes)
    expect(valueFrom(parametersOf(answersOf(draft, form)), form)).toEqual(draft)
  })
})

test('every field of every form is described, each with a title', () => {
  for (const type of noticeTypes) {
    const form = describeDraft(type)
    const titled = leavesOf(form).map(({ title }) => title)
    expect(titled).not.toContain('')
    expect(form.fields.map(({ name }) => name)).toEqual(
      Object.keys((draftSchema(type) as unknown as { properties: object }).properties),
    )
  }
})

test('what cannot be read stays as it was typed, and entries keep their numbers', () => {
  const [type] = noticeTypes
  if (type === undefined) throw new Error('no types')
  const typed = new URLSearchParams({
    '/body/goods/0/quantity/value': 'many',
    '/body/goods/1/description': '',
    '/body/goods/2/quantity/value': '40',
    '/body/legalBasis/0/article': '§ 3\r\n',
    act: 'save',
  })
  expect(valueFrom(typed, describeDraft(type))).toMatchObject({
    body: {
      goods: [{ quantity: { value: 'many' } }, { hs: {} }, { quantity: { value: 40 } }],
      legalBasis: [{ article: '§ 3' }],
    },
  })
})

function parametersOf(answers: ReturnType<typeof answersOf>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(answers).flatMap(([name, texts]) => texts.map(text => [name, text])),
  )
}

function leavesOf(field: Field): Field[] {
  if (field.kind === 'group') return field.fields.flatMap(leavesOf)
  return field.kind === 'list' ? leavesOf(field.item) : [field]
}

import { describe, expect, test } from 'vitest'
import { type JsonObject, noticeTypes } from '#protocol'
import { Fields } from '../../../../node/web/content/fields.ts'
import { bodyForm } from '../../../../node/web/content/form.ts'
import { Gist } from '../../../../node/web/content/gist.ts'
import { html } from '../../../../node/web/html.ts'
import { rendered, textIn, visitBy } from '../visits.ts'

const [denial] = noticeTypes
const example = denial?.examples[0]
if (denial === undefined || example === undefined) throw new Error('There is no example.')
const body = example.body as JsonObject
const form = bodyForm(denial)
const reading = { visit: visitBy(), types: noticeTypes, body, form, nominal: example.nominal as JsonObject }

function read(changed: object = {}, was?: JsonObject): string {
  const all = { ...reading, ...changed }
  return textIn(
    html`<${Fields} value=${all.body} was=${was && { value: was }} field=${all.form} reading=${all} />`,
  )
}

describe.each(noticeTypes.map(type => [type.name, type] as const))('the type %s', (_name, type) => {
  test('has a gist of its own fields, and every example is read in two languages without a key of its form', () => {
    const properties = bodyForm(type).properties ?? {}
    expect(
      Object.values(type.gist ?? {})
        .flat()
        .filter(name => !(name in properties)),
    ).toEqual([])
    for (const language of ['en', 'ar'] as const) {
      for (const { body } of type.examples) {
        const all = {
          ...reading,
          visit: visitBy({ language }),
          body: body as JsonObject,
          form: bodyForm(type),
        }
        const text = textIn(html`
          <${Gist} gist=${type.gist} reading=${all} />
          <${Fields} value=${all.body} field=${all.form} reading=${all} />
        `)
        expect(text).not.toMatch(/countryOf|undefined|\[object/)
      }
    }
  })
})

test('codes, amounts, days and parties stand in words', () => {
  const text = read()
  expect(text).toContain('Risk of torture or other ill-treatment')
  expect(text).toContain('18,400.00 XTS')
  expect(text).toContain('ex 8543.70')
  expect(text).toContain('11 February 2026')
  expect(text).toContain('Fiktiva Restraint Works Ltd')
})

test('whoever may not know who the parties are reads their parts only, and why', () => {
  const text = read({ nominal: undefined, noNames: 'Not for you.' })
  expect(text).not.toContain('Fiktiva')
  expect(text).toContain('Exporter')
  expect(text).toContain('Not for you.')
})

test('a corrected value stands before what it was', () => {
  const corrected = { ...body, nationalRef: 'QM-LIC-2026-119' }
  expect(read({ body: corrected }, body)).toMatch(/QM-LIC-2026-119 .*Before the correction: *QM-LIC-2026-118/)
})

test('a body that follows no form is shown as it stands, and nothing in it is markup', () => {
  const hostile = {
    goods: 'no list',
    parties: ['no', 'record'],
    validity: { from: '2026-99-99', deep: [[[['x']]]] },
    text: { en: 5, 'x"><script>': '<img src=x onerror=alert(1)>' },
    lang: '"><script>',
    evil: '<script>alert(1)</script>\u202egnp.exe',
  }
  const page = rendered(
    html`<${Fields} value=${hostile} field=${form} reading=${{ ...reading, body: hostile }} />`,
  )
  expect(page).not.toMatch(/<script|<img/)
  expect(page).not.toContain('\u202e')
  expect(page).toContain('U+202E')
})

import { expect, test } from 'vitest'
import { type NoticeType, noticeTypes } from '#protocol'
import { askedOf } from '../../../../node/web/notices/answer-fields.ts'
import { exampleOf } from '../../api/open-test-api.ts'
import { openDraftingOffice } from '../open-drafting-office.ts'

const answering = noticeTypes.filter(({ answers }) => answers !== undefined)

test.each(answering)('an answer is sent for release once it was confirmed who sees it: $name', async type => {
  const { ask, drafts, desk } = await openDraftingOffice()
  // Nobody reports back to themselves.
  const isOurs = type.answers?.from === 'issuer'
  const notice = desk.admit(exampleOf('denial'), { issuer: isOurs ? 'QM' : 'QN' })
  const begun = await ask(`/notices/${notice.id}/answers/${type.name}`, formOf(type))
  expect(begun.location).toMatch(/^\/drafts\/[\w-]{36}\/audience$/)
  const draft = begun.location?.replace('/audience', '') ?? ''
  const id = draft.split('/').at(-1) ?? ''

  expect((await ask(`${draft}/check`)).text).toMatch(/<button[^>]* disabled[^>]*>\s*Send for release/)
  const audience = await ask(`${draft}/audience`)
  expect(audience.text).toMatch(/value="channel"[^>]* checked/)
  const chosen = { '/parts/body/to': 'channel', '/parts/body/until': '2036-12-31', act: 'next' }
  expect((await ask(`${draft}/audience`, chosen)).location).toBe(`${draft}/check`)
  expect((await ask(`${draft}/check`)).text).not.toContain('Before this can be sent for release')
  expect(drafts.find(id)).toBeUndefined()
  expect((await ask(`${draft}/check`, { version: '2' })).location).toBe(`${draft}/release`)
  const field = type.answers?.field ?? ''
  expect(drafts.find(id)?.draft).toMatchObject({
    type: type.name,
    body: { [field]: notice.id, text: { en: 'In plain words.' } },
    refs: [{ id: notice.id, rel: type.answers?.rel }],
    parts: { body: { to: 'channel' } },
  })
})

test('what was for named readers is answered to its issuer alone, unless somebody chooses otherwise', async () => {
  const { ask, desk } = await openDraftingOffice()
  const [type] = answering.filter(({ answers }) => answers?.from === 'anyone')
  if (type === undefined) throw new TypeError('no such type')
  const parts = [{ name: 'body', to: 'named', until: '2031-05-31', held: true, erased: false }]
  const notice = desk.admit(exampleOf('denial'), { issuer: 'QN', parts })
  const { location = '' } = await ask(`/notices/${notice.id}/answers/${type.name}`, formOf(type))
  const { text } = await ask(location)
  expect(text).toMatch(/value="named"[^>]* checked/)
  expect(text).toContain('value="2031-05-31"')
  expect(text.match(/name="\/readers\/\d+"[^>]* checked/g)).toHaveLength(1)
  expect(text).toMatch(/name="\/readers\/\d+" value="QN" checked/)
})

/** What somebody fills in on the page of the notice. */
function formOf(type: NoticeType): Record<string, string> {
  const { body } = exampleOf(type.name)
  const said = askedOf(type).flatMap(({ name }) => {
    const value = body[name]
    const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
    return value === undefined ? [] : [[`${type.name}.${name}`, text]]
  })
  return {
    ...Object.fromEntries(said),
    ...(type.corrects && { [`${type.name}.at`]: '/nationalRef', [`${type.name}.value`]: 'QM-LIC-9' }),
    [`${type.name}.text`]: 'In plain words.',
    [`${type.name}.tlp`]: 'TLP:AMBER',
  }
}

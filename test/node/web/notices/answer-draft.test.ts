import { expect, onTestFinished, test } from 'vitest'
import { type NoticeType, noticeTypes } from '#protocol'
import { Drafts } from '../../../../node/drafts.ts'
import { unfinishedOf } from '../../../../node/unfinished.ts'
import { askedOf } from '../../../../node/web/notices/answer-fields.ts'
import { exampleOf } from '../../api/open-test-api.ts'
import { temporaryStore } from '../../store/builders.ts'
import { openTestOffice } from '../open-test-office.ts'

const answering = noticeTypes.filter(({ answers }) => answers !== undefined)

test.each(answering)('an answer is sent for release once it was confirmed who sees it: $name', async type => {
  const { ask, drafts, desk } = await newOffice()
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
  const { ask, desk } = await newOffice()
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

async function newOffice() {
  const at = await openTestOffice()
  const store = await temporaryStore()
  onTestFinished(async () => {
    await at[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })
  const { desk } = at.office
  at.clock.now = Date.parse('2026-03-01T12:00:00Z') / 1000
  const now = () => at.clock.now
  const channels = () => ['torture']
  const drafts = new Drafts({ member: 'QM', channels, store, types: noticeTypes, now })
  desk.unfinished = unfinishedOf({ store, drafts, now })
  const { members, ...registry } = desk.registry()
  const [first] = members.members
  if (first === undefined) throw new TypeError('no member')
  const both = ['QM', 'QN'].map(id => ({ ...first, id, status: 'active' as const, channels: ['torture'] }))
  desk.registry = () => ({ ...registry, members: { ...members, members: both } })
  const cookies = await at.signedIn(await at.add('A. Heron', ['officer']))
  return {
    drafts,
    desk,
    ask: (address: string, form?: Record<string, string>) =>
      form === undefined
        ? at.ask('GET', address, { cookies })
        : at.ask('POST', address, { cookies, payload: new URLSearchParams(form).toString() }),
  }
}

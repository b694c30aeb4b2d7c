import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Draft, noticeTypes, parseNotice } from '#protocol'
import { type Desk, type NoticeView, noticeStatuses } from '../../node/desk/desk.ts'
import { type DeskOptions, openDesk } from '../../node/open-desk.ts'
import { exampleDraft, officer, type Participant, Participants, releaser } from '../network/participants.ts'
import { admit, newAdmission, temporaryStore, type Wanted } from './store/builders.ts'

const withNames = exampleDraft('denial', draft => draft.nominal !== undefined)
let alliance: Participants
let participant: Participant
let desk: Desk

beforeAll(async () => {
  alliance = await Participants.make(1)
  const [opened] = await alliance.openReady(['QM'])
  participant = opened
  desk = opened.node.desk
})
afterAll(() => alliance[Symbol.asyncDispose]())

test('names are shown and given to those alone who may read them, and the text still stands without', async () => {
  const { id } = await participant.issue(withNames)
  const [shown, hidden] = await Promise.all([true, false].map(nominal => desk.notices.find(id, { nominal })))
  expect(shown?.nominal).toEqual(withNames.nominal)
  expect(hidden).not.toHaveProperty('nominal')
  expect(hidden?.parts.map(({ name, held }) => ({ name, held }))).toContainEqual({
    name: 'nominal',
    held: true,
  })
  const { net } = alliance.registry
  const partsOf = (nominal: boolean) =>
    parseNotice(desk.notices.text(id, { nominal }) ?? '', { net }).parts.map(({ name }) => name)
  expect(partsOf(true)).toContain('nominal')
  expect(partsOf(false)).toEqual(partsOf(true).filter(name => name !== 'nominal'))
})

test('a part that a member calls otherwise is read like names, whatever it holds', async () => {
  await using store = await temporaryStore()
  const parts = {
    body: { value: { text: 'hoses' }, to: 'named' },
    names: { value: { a: 'Bogus Metals' }, to: 'channel' },
    readers: { value: ['QM'], to: 'named' },
  } satisfies Wanted['parts']
  const admission = newAdmission({ issuer: 'QN', parts })
  await admit(store, [admission])
  const options = { store, member: 'QM', types: noticeTypes, registry: () => alliance.registry }
  const { notices } = openDesk(options as unknown as DeskOptions)
  const held = admission.parts.map(({ name, text }) => [name, text] as const)
  for (const nominal of [true, false]) {
    const text = notices.text(admission.envelope.id, { nominal })?.split('~') ?? []
    const given = held.flatMap(([name, part]) => (text.includes(part) ? [name] : []))
    expect(given).toEqual(nominal ? ['body', 'names', 'readers'] : ['body', 'readers'])
  }
})

test('an answer gives a notice its status by its type alone: a follow-up changes nothing', async () => {
  const target = await participant.issue()
  await answer(target, 'follow-up')
  expect((await get(target)).status).toBe('held by all')
  await answer(target, 'correction')
  expect((await get(target)).status).toBe('corrected')
  const withdrawal = await answer(target, 'withdrawal')
  const { status, referredToBy } = await get(target)
  expect(status).toBe('withdrawn')
  expect(referredToBy.map(({ rel }) => rel).sort()).toEqual(['corrects', 'follows', 'withdraws'])
  expect(referredToBy).toContainEqual({
    id: withdrawal.id,
    rel: 'withdraws',
    type: 'withdrawal',
    issuer: 'QM',
  })
})

test('a list by status is as long as was asked for, however far apart such notices stand', async () => {
  const withdrawn: string[] = []
  for (let round = 0; round < 3; round++) {
    const target = await participant.issue()
    for (let other = 0; other < 4; other++) await participant.issue(exampleDraft('sighting'))
    await answer(target, 'withdrawal')
    withdrawn.unshift(target.id)
  }
  const status = 'withdrawn'
  const two = await desk.notices.list({ status, limit: 2 }, { nominal: false })
  expect(two.map(({ id }) => id)).toEqual(withdrawn.slice(0, 2))
  const before = two.at(-1)?.cursor ?? 0
  const [next] = await desk.notices.list({ status, before, limit: 1 }, { nominal: false })
  expect(next?.id).toBe(withdrawn[2])
  expect(await desk.notices.list({ status: 'erased', limit: 5 }, { nominal: false })).toEqual([])
})

test('each status is found as by reading everything, page by page', async () => {
  const may = { nominal: false }
  const [first, second] = [await participant.issue(), await participant.issue()]
  await answer(first, 'correction')
  await answer(second, 'withdrawal')
  const all = await desk.notices.list({ limit: 200 }, may)
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['held by all', 'corrected', 'withdrawn']))
  for (const status of noticeStatuses) {
    const found: string[] = []
    for (let before: number | undefined; ; ) {
      const asked = { status, limit: 1, ...(before !== undefined && { before }) }
      const [next] = await desk.notices.list(asked, may)
      if (next === undefined) break
      found.push(next.id)
      before = next.cursor
    }
    expect(found).toEqual(all.filter(each => each.status === status).map(({ id }) => id))
  }
})

test('what is not there is undefined to find and an error to answer', async () => {
  const id = 'A'.repeat(43)
  expect(await desk.notices.find(id, { nominal: true })).toBeUndefined()
  expect(desk.notices.text(id, { nominal: true })).toBeUndefined()
  await expect(desk.answer(id, 'withdrawal', {}, officer)).rejects.toMatchObject({ code: 'not-found' })
})

async function get({ id }: NoticeView): Promise<NoticeView> {
  const found = await desk.notices.find(id, { nominal: false })
  if (found === undefined) throw new TypeError(`There is no ${id}.`)
  return found
}

/** Drafted by one person and released by another, as the first example of its type. */
async function answer({ id }: NoticeView, type: string): Promise<NoticeView> {
  const { refs: _, ...example }: Draft = exampleDraft(type)
  const drafted = await desk.answer(id, type, example, officer)
  return desk.release(drafted.id, releaser, {})
}

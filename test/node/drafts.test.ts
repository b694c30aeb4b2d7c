import { expect, onTestFinished, test } from 'vitest'
import { type Draft, goodsList, noticeTypes, sha256 } from '#protocol'
import { Drafts } from '../../node/drafts.ts'
import type { Person } from '../../node/people.ts'
import type { Store } from '../../node/store/index.ts'
import { exampleDraft, officer } from '../network/participants.ts'
import { admit, newAdmission, temporaryStore } from './store/builders.ts'

const colleague: Person = { ...officer, id: 'colleague' }
const denial = exampleDraft('denial')

test('a draft is kept as it was written, with whoever wrote at it', async () => {
  const { drafts } = await newDesk()
  const { id } = await drafts.create(denial, officer)
  expect(drafts.find(id)).toMatchObject({
    draft: denial,
    author: 'officer',
    editors: ['officer'],
    version: 1,
  })
  await drafts.replace(id, exampleDraft('alert'), colleague, { version: 1 })
  const editors = ['officer', 'colleague']
  expect(drafts.find(id)).toMatchObject({ author: 'officer', editors, version: 2, draft: { type: 'alert' } })
})

test('in a demonstration every draft is an exercise, whatever it says', async () => {
  const { exercise: _, ...real } = denial
  const { drafts } = await newDesk()
  expect((await drafts.create(real, officer)).draft).not.toHaveProperty('exercise')
  const { drafts: shown } = await newDesk({ onlyExercises: true })
  expect((await shown.create(real, officer)).draft).toEqual({ ...real, exercise: true })
})

test('of two changes at once neither is lost, nor who made it', async () => {
  const { drafts } = await newDesk()
  const { id } = await drafts.create(denial, officer)
  const others = Array.from({ length: 5 }, (_, at) => ({ ...officer, id: `person-${at}` }))
  await Promise.all(others.map(person => drafts.replace(id, denial, person, {})))
  expect(drafts.find(id)).toMatchObject({
    version: 6,
    editors: ['officer', ...others.map(person => person.id)],
  })
})

test('of two who read the same version the second is told, and nothing of theirs is kept', async () => {
  const { drafts } = await newDesk()
  const { id } = await drafts.create(denial, officer)
  const version = 1
  const codes = await Promise.all([
    codeOf(drafts.replace(id, exampleDraft('alert'), officer, { version })),
    codeOf(drafts.replace(id, exampleDraft('sighting'), colleague, { version })),
  ])
  expect(codes).toEqual(['done', 'draft-changed'])
  expect(drafts.find(id)).toMatchObject({ editors: ['officer'], draft: { type: 'alert' } })
})

test('a change that comes while the draft is released does not bring it back', async () => {
  const { drafts, store } = await newDesk()
  const { id } = await drafts.create(denial, officer)
  const released = store.write(
    store.drafts.releasedOps(id, { releasedAs: sha256('the notice'), at: 1, version: 1 }),
  )
  expect(await codeOf(drafts.replace(id, denial, colleague, {}))).toBe('already-released')
  await released
  expect(drafts.find(id)).toBeUndefined()
  expect(await drafts.list()).toEqual([])
})

test('a wrong draft stores nothing, and replaces nothing', async () => {
  const { drafts } = await newDesk()
  expect(await codeOf(drafts.create({ ...denial, body: {} }, officer))).toBe('draft-invalid')
  const { id } = await drafts.create(denial, officer)
  expect(await codeOf(drafts.replace(id, { type: 'theft' }, officer, {}))).toBe('type-unknown')
  expect(await drafts.list()).toMatchObject([{ id, draft: denial, version: 1 }])
})

test('a draft for a channel that was not joined is refused at once', async () => {
  const gallows = forCapital(denial)
  expect(await codeOf((await newDesk({ channels: ['torture'] })).drafts.create(gallows, officer))).toBe(
    'channel-not-joined',
  )
  const { drafts } = await newDesk()
  expect(drafts.channelOf(gallows)).toBe('capital')
  expect(drafts.channelOf(denial)).toBe('torture')
})

test('an answer goes where the notice is that it answers, and only its issuer may take that back', async () => {
  const { drafts, store } = await newDesk()
  const [ours, theirs] = [newAdmission({ issuer: 'QM', channel: 'capital' }), newAdmission({ issuer: 'QN' })]
  await admit(store, [ours, theirs])
  const [keptOurs, keptTheirs] = [ours, theirs].map(({ envelope }) => store.notices.find(envelope.id))
  if (!keptOurs || !keptTheirs) throw new TypeError('not kept')
  const answer = (to: string) => ({
    ...exampleDraft('withdrawal'),
    refs: [],
    body: { ...exampleDraft('withdrawal').body, target: to },
  })
  const { draft } = await drafts.answer(keptOurs, 'withdrawal', answer('anything'), officer)
  expect(draft).toMatchObject({
    body: { target: ours.envelope.id },
    refs: [{ id: ours.envelope.id, rel: 'withdraws' }],
  })
  expect(drafts.channelOf(draft)).toBe('capital')
  expect(await codeOf(drafts.answer(keptTheirs, 'withdrawal', answer('anything'), officer))).toBe(
    'not-the-issuer',
  )
  expect(await codeOf(drafts.answer(keptTheirs, 'denial', {}, officer))).toBe('type-unknown')
})

test('a reference across channels is refused when it is written, one to nothing that is here when it is released', async () => {
  const { drafts, store } = await newDesk()
  const elsewhere = newAdmission({ channel: 'capital' })
  await admit(store, [elsewhere])
  const about = (id: string): Draft => ({ ...denial, refs: [{ id, rel: 'about' }] })
  expect(await codeOf(drafts.create(about(elsewhere.envelope.id), officer))).toBe('ref-elsewhere')
  const { draft } = await drafts.create(about(sha256('a notice still on its way')), officer)
  expect(await codeOf(async () => drafts.checkReleasable(draft))).toBe('ref-unknown')
  expect(await codeOf(async () => drafts.checkReleasable(denial))).toBe('done')
})

async function newDesk({
  channels = ['torture', 'capital'],
  onlyExercises = false,
} = {}): Promise<{ drafts: Drafts; store: Store }> {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const now = () => 1_800_000_000
  return {
    store,
    drafts: new Drafts({
      member: 'QM',
      channels: () => channels,
      store,
      types: noticeTypes,
      now,
      onlyExercises,
    }),
  }
}

/** The same for goods of the death penalty. */
function forCapital(draft: Draft): Draft {
  const copy = structuredClone(draft)
  const item = goodsList.items.find(({ category }) => category === 'EXECUTION_ONLY')
  const [goods] = copy.body.goods as [Record<string, unknown>]
  const hs = { code: item?.hsCodes[0]?.slice(0, 6), edition: 'HS2022', ex: true }
  Object.assign(goods, { itemId: item?.id, category: item?.category, hs })
  return { ...copy, body: { ...copy.body, grounds: ['capital-punishment-risk'] } }
}

async function codeOf(work: Promise<unknown> | (() => Promise<unknown>)): Promise<unknown> {
  const done = typeof work === 'function' ? work() : work
  return done.then(
    () => 'done',
    error => error.code,
  )
}

import { expect, onTestFinished, test } from 'vitest'
import { type Draft, isError, type Json, noticeTypes } from '#protocol'
import { Drafts } from '../../node/drafts.ts'
import { exampleDraft, officer } from '../network/participants.ts'
import { admit, newAdmission, temporaryStore } from './store/builders.ts'

const denial = exampleDraft('denial')

test('a correction is refused at the value that would break the form of what it corrects', async () => {
  const { drafts, target } = await newDesk()
  const forty = patchOf(target, [{ op: 'replace', path: '/goods/0/quantity/value', value: 'forty' }])
  const wrong = [{ pointer: '/body/patch/0/value', code: 'type', detail: 'This must be a number.' }]
  expect(await errorsOf(() => drafts.create(forty, officer))).toEqual(wrong)
  expect(await errorsOf(async () => drafts.checkReleasable(forty))).toEqual(wrong)
  const { id } = await drafts.create(
    patchOf(target, [{ op: 'replace', path: '/goods/0/quantity/value', value: 400 }]),
    officer,
  )
  expect(await errorsOf(() => drafts.replace(id, forty, officer, {}))).toEqual(wrong)
  expect(await drafts.list()).toHaveLength(1)
})

test('a correction is refused that does not fit, takes away what is needed, or breaks a rule elsewhere', async () => {
  const { drafts, target } = await newDesk()
  const at = async (step: Step) =>
    (await errorsOf(() => drafts.create(patchOf(target, [step]), officer))).map(({ pointer }) => pointer)
  expect(await at({ op: 'replace', path: '/goods/7/description', value: 'More.' })).toEqual([
    '/body/patch/0/value',
  ])
  expect(await at({ op: 'remove', path: '/nationalRef' })).toEqual(['/body/patch/0/path'])
  expect(await at({ op: 'replace', path: '/goods/0/quantity', value: { value: 4, rec20: 7 } })).toEqual([
    '/body/patch/0/value/rec20',
  ])
  expect(await at({ op: 'replace', path: '/notifyBy', value: '2026-03-14' })).toEqual(['/body/patch/0/value'])
})

test('a correction is measured by the notice as earlier corrections left it', async () => {
  const { drafts, store, target } = await newDesk()
  const added: Step = { op: 'add', path: '/transitCountries', value: ['XV'] }
  const changed = patchOf(target, [{ op: 'replace', path: '/transitCountries/0', value: 'XR' }])
  expect(await errorsOf(() => drafts.create(changed, officer))).toHaveLength(1)
  const { body } = patchOf(target, [added])
  await admit(store, [
    newAdmission({
      seq: 2,
      prev: target,
      type: 'correction',
      refs: [{ id: target, rel: 'corrects' }],
      parts: { body: { value: body, to: 'channel' } },
    }),
  ])
  expect(await errorsOf(() => drafts.create(changed, officer))).toEqual([])
})

test('a decision of tomorrow is refused, and a withdrawal to be confirmed yesterday; a drill may be of any year', async () => {
  const { drafts, target } = await newDesk('2026-02-10')
  expect(await errorsOf(() => drafts.create(denial, officer))).toEqual([])
  const { exercise: _, ...real } = denial
  expect(await errorsOf(() => drafts.create(real, officer))).toEqual([
    { pointer: '/body/decisionDate', code: 'rule', detail: 'The decision cannot lie in the future.' },
  ])
  const { drafts: later } = await newDesk('2026-10-02')
  const { exercise: __, ...taken } = exampleDraft('withdrawal')
  const withdrawal = { ...taken, body: { ...taken.body, target }, refs: [{ id: target, rel: 'withdraws' }] }
  expect(await errorsOf(() => later.create(withdrawal, officer))).toMatchObject([
    { pointer: '/body/confirmBy', detail: 'Choose a day from today on.' },
  ])
})

interface Step {
  op: 'add' | 'replace' | 'remove'
  path: string
  value?: Json
}

function patchOf(target: string, patch: readonly Step[]): Draft {
  const draft = exampleDraft('correction')
  return {
    ...draft,
    body: { ...draft.body, target, patch: patch.map(step => ({ ...step })) },
    refs: [{ id: target, rel: 'corrects' }],
  }
}

async function newDesk(day = '2026-11-26') {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const held = newAdmission({ parts: { body: { value: denial.body, to: 'channel' } } })
  await admit(store, [held])
  const channels = () => ['torture', 'capital']
  const now = () => Date.parse(`${day}T12:00:00Z`) / 1000
  const drafts = new Drafts({ member: 'QM', channels, store, types: noticeTypes, now })
  return { drafts, store, target: held.envelope.id }
}

async function errorsOf(work: () => Promise<unknown>) {
  try {
    await work()
    return []
  } catch (thrown) {
    if (isError(thrown, 'draft-invalid')) return thrown.details.errors
    throw thrown
  }
}

import { expect, onTestFinished, test } from 'vitest'
import { type Draft, type FieldError, noticeTypes } from '#protocol'
import type { Admission, KeptNotice } from '../../node/admission.ts'
import { Drafts } from '../../node/drafts.ts'
import { exampleDraft, officer } from '../network/participants.ts'
import { admit, newAdmission, temporaryStore, type Wanted } from './store/builders.ts'

const until = '2035-12-31'
const named = { to: 'named' } as const
const open = { to: 'channel' } as const
const ours = sealed({ issuer: 'QM', readers: ['QN', 'XD'] })
const theirs = sealed({ issuer: 'QN', readers: ['QM', 'XE'] })

test('an answer to a notice for named readers is for those that read it, and for nobody else', async () => {
  const { drafts, keep } = await newOffice()
  const [our, their] = await keep([ours, theirs])
  const wrongIn = async (kept: KeptNotice, change: Partial<Draft>) => {
    const answer = drafts.answer(kept, 'follow-up', { ...unsaid(), ...change }, officer)
    const errors: FieldError[] = await answer.then(
      () => [],
      error => error.details.errors,
    )
    return errors.map(({ pointer, code }) => `${pointer} ${code}`)
  }
  expect(await wrongIn(our, { parts: { body: open } })).toEqual(['/parts/body/to too-wide'])
  const among = (readers: string[]) => ({ parts: { body: named }, readers })
  expect(await wrongIn(our, among(['QN', 'XE', 'XD']))).toEqual(['/readers/1 too-wide'])
  expect(await wrongIn(their, among(['QN', 'XF']))).toEqual(['/readers/1 too-wide'])
  expect(await wrongIn(our, among(['QN', 'QM']))).toEqual([])
  expect(await wrongIn(their, among(['QN', 'XE']))).toEqual([])
})

test('unless it says for whom it is, it is for the readers of our own, and for the issuer of another', async () => {
  const { drafts, keep } = await newOffice()
  const channelled = newAdmission({ issuer: 'XD' })
  const [our, their, all] = await keep([ours, theirs, channelled])
  const answer = async (kept: KeptNotice, said: object = {}) =>
    (await drafts.answer(kept, 'follow-up', { ...unsaid(), ...said }, officer)).draft
  const parts = { body: { to: 'named', until } }
  expect(await answer(our)).toMatchObject({ parts, readers: ['QN', 'XD'] })
  expect(await answer(their)).toMatchObject({ parts, readers: ['QN'] })
  const sooner = { body: { to: 'named', until: '2030-01-01' } }
  expect(await answer(our, { parts: sooner })).toMatchObject({ parts: sooner, readers: ['QN', 'XD'] })
  await expect(answer(all)).rejects.toMatchObject({ code: 'draft-invalid' })
})

test('what a draft refers to may come in after it was written: it is looked at again at its release', async () => {
  const { drafts, keep } = await newOffice()
  const draft = { ...exampleDraft('denial'), refs: [{ id: theirs.envelope.id, rel: 'about' as const }] }
  await drafts.create(draft, officer)
  await keep([theirs])
  await expect(async () => drafts.checkReleasable(draft)).rejects.toMatchObject({
    code: 'draft-invalid',
    details: { errors: expect.arrayContaining([expect.objectContaining({ code: 'too-wide' })]) },
  })
})

function sealed({ issuer, readers }: { issuer: string; readers: string[] }): Admission {
  const { type, body } = exampleDraft('denial')
  const parts = {
    body: { value: { type, body }, to: 'named', until },
    readers: { value: readers, to: 'named' },
  } satisfies Wanted['parts']
  return newAdmission({ issuer, type: 'sealed', parts })
}

/** A follow-up that does not say for whom it is. */
function unsaid(): Partial<Draft> {
  const { parts: _, refs: __, ...said } = exampleDraft('follow-up')
  return said
}

async function newOffice() {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const channels = () => ['torture']
  const now = () => 1_800_000_000
  return {
    drafts: new Drafts({ member: 'QM', channels, store, types: noticeTypes, now }),
    async keep<All extends readonly Admission[]>(admissions: readonly [...All]) {
      await admit(store, [...admissions])
      const kept = admissions.map(({ envelope }) => store.notices.find(envelope.id))
      return kept as { [At in keyof All]: KeptNotice }
    },
  }
}

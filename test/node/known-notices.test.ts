import { expect, onTestFinished, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { KnownNotices } from '../../node/known-notices.ts'
import { exampleDraft } from '../network/participants.ts'
import { admit, newAdmission, temporaryStore } from './store/builders.ts'

const { body, nominal = {} } = exampleDraft('denial')
const parts = {
  body: { value: body, to: 'channel' as const },
  nominal: { value: nominal, to: 'channel' as const },
}
const refused = newAdmission({ parts })
const { id } = refused.envelope
const withdrawal = newAdmission({ type: 'withdrawal', seq: 2, refs: [{ id, rel: 'withdraws' }] })

async function known(effects: 'withdrawn'[] = [], standing = 'verified') {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const viewer = { effectsOn: async () => effects, standing: () => standing as 'verified' }
  return { store, notices: new KnownNotices({ store, types: noticeTypes, viewer }) }
}

test('a denial is known with what can be met in it, its parties and their names', async () => {
  const { store, notices } = await known()
  await admit(store, [refused])
  const { notice, refs } = await notices.look(id)
  expect(notice).toMatchObject({ id, issuer: 'QM', type: 'denial', isCorrected: false, nominal })
  expect(notice?.keys.items.map(({ value }) => value)).toEqual(['body-worn-shock-device'])
  expect([Object.keys(notice?.parties ?? {}), refs]).toEqual([['depot', 'exporter'], []])
  expect(notices.isInForce(id)).toBe(true)
})

test('one that is withdrawn, void, erased, out of form, or of a type that is not screened is known as nothing', async () => {
  const withdrawn = await known(['withdrawn'])
  await admit(withdrawn.store, [refused, withdrawal])
  expect(await withdrawn.notices.look(id)).toEqual({ refs: [] })
  expect(await withdrawn.notices.look(withdrawal.envelope.id)).toEqual({ refs: [id] })

  for (const change of [{ isVoid: true }, { flags: ['body-form' as const] }]) {
    const { store, notices } = await known()
    await admit(store, [{ ...refused, ...change }])
    expect(await notices.look(id)).toEqual({ refs: [] })
  }

  const { store, notices } = await known()
  await admit(store, [refused])
  await store.write(store.erasure.eraseOps(id, ['nominal'], 1))
  expect((await notices.look(id)).notice?.nominal).toEqual({})
  await store.write(store.erasure.eraseOps(id, ['body'], 1))
  expect(await notices.look(id)).toEqual({ refs: [] })
})

test('a refusal that rests on a national prohibition alone is known as nothing', async () => {
  const { store, notices } = await known()
  const national = { ...parts, body: { ...parts.body, value: { ...body, nationalProhibition: true } } }
  const admission = newAdmission({ parts: national })
  await admit(store, [admission])
  expect(await notices.look(admission.envelope.id)).toEqual({ refs: [] })
})

test('a disputed or void notice is not in force, nor is one that is not held', async () => {
  const { store, notices } = await known([], 'disputed')
  await admit(store, [refused])
  expect([notices.isInForce(id), notices.isInForce(withdrawal.envelope.id)]).toEqual([false, false])
})

import { expect, onTestFinished, test } from 'vitest'
import { noticeTypes, type Registry, sha256, thumbprint } from '#protocol'
import { Viewer } from '../../node/view.ts'
import { exampleDraft } from '../network/participants.ts'
import { found, get } from '../protocol/registry/builders.ts'
import { admit, newAdmission, temporaryStore } from './store/builders.ts'

const { registry, memberKeys } = await found()
/** The store's builder makes ids of keys from words; here the word must give the registry's key. */
const kid = thumbprint(get(memberKeys, 0).signing)
const { body } = exampleDraft('denial')
const admission = newAdmission({ parts: { body: { value: body, to: 'channel' } } })
const notice = { ...admission, envelope: { ...admission.envelope, kid } }

test('what a key in force says is verified, and is told in one line', async () => {
  const { view } = await newDesk({})
  expect(await view()).toMatchObject({ standing: 'verified', label: 'Denial notice', body, status: 'sent' })
  expect((await view()).summary).toBe(
    noticeTypes.find(({ name }) => name === 'denial')?.summary(body as never),
  )
})

test.each<{ standing: string; plan: DeskPlan }>([
  { standing: 'key since retired', plan: { registry: withEnd(registry) } },
  { standing: 'unknown key', plan: { registry: withoutKeys(registry) } },
  { standing: 'void', plan: { isVoid: true } },
])('standing: $standing', async ({ standing, plan }) => {
  const { view } = await newDesk(plan)
  expect((await view()).standing).toBe(standing)
})

test('from the place of a fork on a log is disputed', async () => {
  const { view, store } = await newDesk({})
  const { envelope: a } = notice
  const b = newAdmission({ key: 'another' }).envelope
  const proof = { channel: 'torture', issuer: 'QM', a, b, text: '{}', at: 1 }
  await store.write(store.evidence.forkOps({ ...proof, seq: 2 }))
  expect((await view()).standing).toBe('verified')
  await store.write(store.evidence.forkOps({ ...proof, seq: 1 }))
  expect((await view()).standing).toBe('disputed')
})

test('what was erased on its date says so, whatever else it was', async () => {
  const { view, store } = await newDesk({})
  await store.write(store.erasure.eraseOps(notice.envelope.id, ['body'], 1))
  const erased = await view()
  expect(erased).toMatchObject({ status: 'erased', parts: [{ name: 'body', held: false, erased: true }] })
  expect(erased).not.toHaveProperty('body')
})

test('who holds it counts us, its issuer and those who told so; when nobody is missing it is held by all', async () => {
  const holders = new Set<string>()
  const { view } = await newDesk({ member: 'XH', holds: member => holders.has(member) })
  expect((await view()).heldBy).toEqual({ count: 1, of: 2, missing: ['XE'] })
  holders.add('XE')
  expect(await view()).toMatchObject({ status: 'held by all', heldBy: { count: 2, of: 2, missing: [] } })
})

interface DeskPlan {
  registry?: Registry
  isVoid?: boolean
  member?: string
  holds?: (member: string) => boolean
}

async function newDesk({ registry: inForce = registry, isVoid = false, ...plan }: DeskPlan) {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  await admit(store, [{ ...admission, isVoid }])
  const { member = 'QM', holds = () => false } = plan
  const viewer = new Viewer({ member, store, types: noticeTypes, registry: () => inForce, holds })
  const view = () => {
    const kept = store.notices.find(admission.envelope.id)
    if (kept === undefined) throw new TypeError('not kept')
    return viewer.view({ ...kept, envelope: { ...kept.envelope, kid } }, { nominal: true })
  }
  return { store, view }
}

function withEnd(of: Registry): Registry {
  const changed = structuredClone(of.members)
  for (const key of get(changed.members, 0).signing) key.end = { torture: { seq: 1, id: sha256('its last') } }
  return { ...of, members: changed }
}

function withoutKeys(of: Registry): Registry {
  const changed = structuredClone(of.members)
  get(changed.members, 0).signing = []
  return { ...of, members: changed }
}

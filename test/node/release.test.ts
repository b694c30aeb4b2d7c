import { expect, onTestFinished, test } from 'vitest'
import { FocalpointError, noticeTypes } from '#protocol'
import type { KeptNotice } from '../../node/admission.ts'
import { Drafts } from '../../node/drafts.ts'
import type { Issuer } from '../../node/issue.ts'
import { Release } from '../../node/release.ts'
import { exampleDraft, officer, releaser } from '../network/participants.ts'
import { newAdmission, temporaryStore } from './store/builders.ts'

const draft = exampleDraft('denial')

test('a draft becomes one notice, however often and from however many sides it is released at once', async () => {
  const { drafts, release, issued } = await newDesk()
  const { id } = await drafts.create(draft, officer)
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, () => codeOf(release.release(id, releaser, {}))),
  )
  expect(outcomes).toEqual(['done', ...Array.from({ length: 4 }, () => 'already-released')])
  expect(issued).toHaveLength(1)
})

test('who comes again with the same key is given the same notice', async () => {
  const { drafts, release, issued } = await newDesk()
  const { id } = await drafts.create(draft, officer)
  const key = { once: { person: releaser.id, key: 'one', digest: id } }
  const notices = await Promise.all([1, 2, 3].map(() => release.release(id, releaser, key)))
  expect(new Set(notices.map(({ envelope }) => envelope.id))).toEqual(new Set(issued))
  expect(issued).toHaveLength(1)
})

test('a key that released one draft releases no other', async () => {
  const { drafts, release, issued } = await newDesk()
  const [one, other] = [await drafts.create(draft, officer), await drafts.create(draft, officer)]
  const once = { person: releaser.id, key: 'one' }
  await release.release(one.id, releaser, { once: { ...once, digest: one.id } })
  expect(await codeOf(release.release(other.id, releaser, { once: { ...once, digest: other.id } }))).toBe(
    'idempotency-key-reused',
  )
  expect(issued).toHaveLength(1)
})

test('a key is not used up by a release that failed', async () => {
  const { drafts, release, issued, issuing } = await newDesk()
  const { id } = await drafts.create(draft, officer)
  const key = { once: { person: releaser.id, key: 'one', digest: id } }
  issuing.fails = true
  expect(await codeOf(release.release(id, releaser, key))).toBe('recovering')
  expect(drafts.find(id)).toBeDefined()
  issuing.fails = false
  expect(await codeOf(release.release(id, releaser, key))).toBe('done')
  expect(issued).toHaveLength(1)
})

test('only the version that was read is released', async () => {
  const { drafts, release, issued } = await newDesk()
  const { id, version } = await drafts.create(draft, officer)
  await drafts.replace(id, draft, officer, {})
  expect(await codeOf(release.release(id, releaser, { version }))).toBe('draft-changed')
  expect(await codeOf(release.release(id, releaser, { version: version + 1 }))).toBe('done')
  expect(issued).toHaveLength(1)
})

test('a change that is on its way to the disk is neither lost nor passed over by a release', async () => {
  const { drafts, release, issued } = await newDesk()
  const { id, version } = await drafts.create(draft, officer)
  const outcomes = await Promise.all([
    drafts.replace(id, draft, officer, { version }).then(() => 'changed'),
    codeOf(release.release(id, releaser, { version })),
  ])
  expect(outcomes).toEqual(['changed', 'draft-changed'])
  expect(issued).toEqual([])
  expect(drafts.find(id)).toMatchObject({ version: version + 1 })
})

test('of a release and its being thrown away at once only the first counts', async () => {
  const { drafts, release, issued } = await newDesk()
  const { id } = await drafts.create(draft, officer)
  const codes = await Promise.all([
    codeOf(release.release(id, releaser, {})),
    drafts.remove(id).then(
      () => 'gone',
      ({ code }) => code,
    ),
  ])
  expect(codes.toSorted()).toBeOneOf([
    ['already-released', 'done'],
    ['gone', 'not-found'],
  ])
  expect(issued.length).toBe(codes[0] === 'done' ? 1 : 0)
  expect(drafts.releasedAs(id)).toBe(issued[0])
})

test('nobody who wrote at a draft releases it', async () => {
  const { drafts, release, issued } = await newDesk()
  const { id } = await drafts.create(draft, officer)
  await drafts.replace(id, draft, releaser, {})
  for (const person of [officer, releaser]) {
    expect(await codeOf(release.release(id, person, {}))).toBe('four-eyes')
  }
  expect(issued).toEqual([])
  expect(await codeOf(release.release(id, { ...releaser, id: 'third' }, {}))).toBe('done')
})

test('a draft that was sent back is released once it is sent again, and not before', async () => {
  const { drafts, release, issued } = await newDesk()
  const { id, version } = await drafts.create(draft, officer)
  const reason = 'The consignee is a forwarding agent.'
  expect(await codeOf(release.sendBack(id, reason, releaser, { version: version + 1 }))).toBe('draft-changed')
  await release.sendBack(id, reason, releaser, { version })
  expect(drafts.find(id)).toMatchObject({ draft, version, returned: { by: releaser.id, reason } })
  expect(await codeOf(release.release(id, releaser, { version }))).toBe('draft-returned')
  expect(await codeOf(release.sendBack(id, 'Once more.', releaser, {}))).toBe('draft-returned')
  await drafts.replace(id, draft, officer, {})
  expect(drafts.find(id)).not.toHaveProperty('returned')
  expect(await codeOf(release.release(id, releaser, {}))).toBe('done')
  expect(await codeOf(release.sendBack(id, reason, releaser, {}))).toBe('already-released')
  expect(issued).toHaveLength(1)
})

test('of a release and a return at once only the first counts', async () => {
  const { drafts, release, issued } = await newDesk()
  const [one, other] = [await drafts.create(draft, officer), await drafts.create(draft, officer)]
  const codes = await Promise.all([
    codeOf(release.release(one.id, releaser, {})),
    codeOf(release.sendBack(one.id, 'No.', releaser, {})),
    codeOf(release.sendBack(other.id, 'No.', releaser, {})),
    codeOf(release.release(other.id, releaser, {})),
  ])
  expect(codes).toEqual(['done', 'already-released', 'done', 'draft-returned'])
  expect(issued).toHaveLength(1)
})

test('a draft that was thrown away or never was is not found', async () => {
  const { drafts, release } = await newDesk()
  const { id } = await drafts.create(draft, officer)
  await drafts.remove(id)
  expect(await codeOf(release.release(id, releaser, {}))).toBe('not-found')
  expect(await codeOf(release.release('never', releaser, {}))).toBe('not-found')
})

/** Real drafts in a real store; of the issuer only that it writes the notice together with what it is given. */
async function newDesk() {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const now = () => 1_800_000_000
  const drafts = new Drafts({ member: 'QM', channels: () => ['torture'], store, types: noticeTypes, now })
  const issued: string[] = []
  const issuing = { fails: false }
  const issue: Issuer['issue'] = async (_draft, channel, extraOf = () => []): Promise<KeptNotice> => {
    if (issuing.fails) throw new FocalpointError('recovering', 'of this test', { reason: 'of this test' })
    const admission = newAdmission({ seq: (store.notices.head(channel, 'QM')?.seq ?? 0) + 1 })
    const { id } = admission.envelope
    await store.writeAlone([...store.notices.admissionOps(admission), ...extraOf(id)])
    issued.push(id)
    const kept = store.notices.find(id)
    if (kept === undefined) throw new TypeError('not kept')
    return kept
  }
  return {
    drafts,
    issued,
    issuing,
    release: new Release({ drafts, issuer: { issue } as Issuer, store, now }),
  }
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    error => error.code,
  )
}

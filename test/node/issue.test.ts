import { randomBytes } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { expiryOf, limits, noticeText, openTrust, parseNotice, type Registry } from '#protocol'
import { Gate } from '../../node/admit.ts'
import { SigningGuard } from '../../node/guard.ts'
import { Issuer, lastSignedRecord } from '../../node/issue.ts'
import { LastSignedFiles } from '../../node/last-signed.ts'
import { SigningKeys } from '../../node/signing-keys.ts'
import { openStore } from '../../node/store/index.ts'
import { type Alliance, makeAlliance } from '../../scripts/alliance.ts'
import { demonstrationPlan } from '../../scripts/example-alliance.ts'
import { eventually } from '../eventually.ts'
import { exampleDraft, type Participant, Participants } from '../network/participants.ts'

const alliance = await makeAlliance(demonstrationPlan)
const registry = await openTrust(alliance.trust)

test('a notice takes the next place, and the record of what was signed last is that very notice', async () => {
  const { issuer, store, files } = await newIssuer({})
  const first = await issuer.issue(exampleDraft('denial'), 'torture')
  const second = await issuer.issue(exampleDraft('alert'), 'torture')
  expect(second.envelope).toMatchObject({ seq: 2, prev: first.envelope.id, issuer: 'QM' })
  expect(await files.read('torture')).toEqual(lastSignedRecord(store, 'torture', 'QM'))
  expect(store.outbox.waiting().map(({ id }) => id)).toEqual([first.envelope.id, second.envelope.id])
})

test('of a page that comes again it is told what is held already and what is refused', async () => {
  const { issuer, gate } = await newIssuer({})
  const kept = await issuer.issue(exampleDraft('denial'), 'torture')
  const page = [noticeText(kept), 'no notice at all']
  expect(await gate.page(page, { from: 'QN', channels: ['torture'] })).toEqual({
    admitted: 0,
    held: 1,
    refused: 1,
  })
})

test('many at once are signed one after the other', async () => {
  const { issuer } = await newIssuer({})
  const issued = await Promise.all(
    Array.from({ length: 20 }, () => issuer.issue(exampleDraft('alert'), 'torture')),
  )
  expect(issued.map(({ envelope }) => envelope.seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  expect(issued.slice(1).map(({ envelope }) => envelope.prev)).toEqual(
    issued.slice(0, -1).map(({ envelope }) => envelope.id),
  )
})

test('nothing is signed before the guard allows it', async () => {
  const { issuer, store } = await newIssuer({ others: ['QN'] })
  expect(await codeOf(issuer.issue(exampleDraft('denial'), 'torture'))).toBe('recovering')
  expect(store.notices.head('torture', 'QM')).toBeUndefined()
})

test('a clock ten minutes off its peers signs nothing, and one a little off does', async () => {
  const clock = { difference: limits.clockToleranceSeconds + 1 }
  const { issuer, store } = await newIssuer({ clockDifference: () => clock.difference })
  expect(await codeOf(issuer.issue(exampleDraft('denial'), 'torture'))).toBe('clock-off')
  clock.difference = -limits.clockToleranceSeconds - 1
  expect(await codeOf(issuer.issue(exampleDraft('denial'), 'torture'))).toBe('clock-off')
  expect(store.notices.head('torture', 'QM')).toBeUndefined()
  clock.difference = limits.clockToleranceSeconds
  expect((await issuer.issue(exampleDraft('denial'), 'torture')).envelope.seq).toBe(1)
})

test('a clock behind its own last notice signs nothing', async () => {
  const clock = { now: 1_800_000_000 }
  const { issuer } = await newIssuer({ now: () => clock.now })
  await issuer.issue(exampleDraft('denial'), 'torture')
  clock.now -= 1
  expect(await codeOf(issuer.issue(exampleDraft('denial'), 'torture'))).toBe('clock-off')
  clock.now += 1
  expect((await issuer.issue(exampleDraft('denial'), 'torture')).envelope.seq).toBe(2)
})

test('publishing stops thirty days after the registry has expired', async () => {
  const clock = { now: expiryOf(registry) + limits.issuingGraceAfterExpirySeconds }
  const { issuer } = await newIssuer({ now: () => clock.now })
  await issuer.issue(exampleDraft('denial'), 'torture')
  clock.now += 1
  expect(await codeOf(issuer.issue(exampleDraft('denial'), 'torture'))).toBe('registry-expired')
})

test('a key that the registry has ended signs nothing more', async () => {
  const inForce = { registry }
  const { issuer } = await newIssuer({ registry: () => inForce.registry })
  const { envelope } = await issuer.issue(exampleDraft('denial'), 'torture')
  inForce.registry = withEnd(registry, { seq: envelope.seq, id: envelope.id })
  expect(await codeOf(issuer.issue(exampleDraft('denial'), 'torture'))).toBe('signing-stopped')
})

test('a record that a full disk left behind is mended before the next signature', async () => {
  const { issuer, files, folder } = await newIssuer({})
  await issuer.issue(exampleDraft('denial'), 'torture')
  await cp(join(folder, 'last-signed'), join(folder, 'older'), { recursive: true })
  await issuer.issue(exampleDraft('denial'), 'torture')
  await cp(join(folder, 'older'), join(folder, 'last-signed'), { recursive: true })
  await issuer.issue(exampleDraft('denial'), 'torture')
  expect((await files.read('torture'))?.seq).toBe(3)
})

test('a crash between the batch and the record is mended at the next start', async () => {
  await using alone = await Participants.make(1)
  const before = await openAlone(alone)
  await before.issue()
  await cp(recordFolder(alone), older(alone), { recursive: true })
  const second = await before.issue()
  await alone.close('QM')
  await cp(older(alone), recordFolder(alone), { recursive: true })
  const after = await openAlone(alone)
  expect(await new LastSignedFiles(recordFolder(alone)).read('torture')).toMatchObject({
    seq: 2,
    id: second.id,
  })
  expect(await after.issue()).toMatchObject({ seq: 3 })
})

test('a record one place ahead of the database is taken back into it at the next start', async () => {
  await using alone = await Participants.make(1)
  const before = await openAlone(alone)
  await before.issue()
  await alone.close('QM')
  const store = join(alone.dataDirOf('QM'), 'store')
  await cp(store, older(alone), { recursive: true })
  const again = await openAlone(alone)
  const second = await again.issue()
  await alone.close('QM')
  await rm(store, { recursive: true })
  await cp(older(alone), store, { recursive: true })
  const after = await openAlone(alone)
  const held = await after.notices()
  expect(held.map(({ seq, id }) => ({ seq, id })).at(-1)).toEqual({ seq: 2, id: second.id })
  expect(held.at(-1)?.body).toEqual(second.body)
  expect(await after.issue()).toMatchObject({ seq: 3 })
})

/** The only member of its Alliance: it need ask nobody before it signs. */
async function openAlone(alone: Participants): Promise<Participant> {
  const isNew = (await new LastSignedFiles(recordFolder(alone)).read('torture')) === undefined
  const [participant] = await alone.open(['QM'], { isNew })
  if (participant === undefined) throw new TypeError('no node')
  await eventually(() => expect(participant.node.desk.network().signing.state).toBe('ready'))
  return participant
}

function recordFolder(alone: Participants): string {
  return join(alone.dataDirOf('QM'), 'last-signed')
}

function older(alone: Participants): string {
  return join(alone.folder, 'older')
}

interface IssuerPlan {
  others?: readonly string[]
  now?: () => number
  clockDifference?: () => number | undefined
  registry?: () => Registry
}

async function newIssuer({ others = [], now = () => 1_800_000_000, clockDifference, ...plan }: IssuerPlan) {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-issue-'))
  const store = await openStore({ dir: join(folder, 'store') })
  onTestFinished(async () => {
    await store[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })
  const inForce = plan.registry ?? (() => registry)
  const keys = new SigningKeys({
    member: 'QM',
    keys: keysOf(alliance, 'QM'),
    registry: inForce,
    onRereadFailed: () => {},
  })
  const files = new LastSignedFiles(join(folder, 'last-signed'))
  await files.write('torture', lastSignedRecord(store, 'torture', 'QM'))
  const nothing = () => {}
  const gate = new Gate({
    member: 'QM',
    store,
    types: [],
    registry: inForce,
    now,
    onOwnNotice: nothing,
    onFork: nothing,
    onForkSettled: nothing,
    onCut: nothing,
    onStop: nothing,
    onStopSettled: nothing,
    onRefusal: nothing,
  })
  const guard = new SigningGuard({
    member: 'QM',
    channels: () => ['torture'],
    files,
    head: channel => store.notices.head(channel, 'QM'),
    idAt: (channel, seq) => store.notices.idAt(channel, 'QM', seq),
    record: channel => lastSignedRecord(store, channel, 'QM'),
    takeBack: async notice => void (await gate.own(notice, [])),
    isVoid: () => false,
    others: () => others,
    told: () => undefined,
    askAround: nothing,
    now,
    silenced: () => undefined,
    listenSeconds: 1,
  })
  await guard.open()
  await guard.look()
  const issuer = new Issuer({
    member: 'QM',
    store,
    keyAt: (channel, seq) => keys.at(channel, seq),
    registry: inForce,
    guard,
    files,
    admit: (text, extra) => {
      expect(parseNotice(text, { net: registry.net }).dropped).toEqual([])
      return gate.own(text, extra)
    },
    salt: () => randomBytes(16).toString('base64url'),
    now,
    clockDifference: clockDifference ?? (() => undefined),
    onIssued: nothing,
  })
  return { issuer, store, files, folder, gate }
}

function keysOf({ memberKeys }: Alliance, member: string) {
  const keys = memberKeys.find(each => each.member === member)
  if (keys === undefined) throw new TypeError(`There is no member ${member}.`)
  return keys
}

function withEnd(of: Registry, end: { seq: number; id: string }): Registry {
  const members = of.members.members.map(member =>
    member.id === 'QM'
      ? { ...member, signing: member.signing.map(key => ({ ...key, end: { torture: end } })) }
      : member,
  )
  return { ...of, members: { ...of.members, members } }
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const { code } = (await work.then(
    () => ({ code: 'done' }),
    error => error,
  )) as { code?: string }
  return code
}

import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../node/store/index.ts'
import { eventually } from '../eventually.ts'
import { foundIn } from './bytes.ts'
import { HostilePeer } from './hostile-peer.ts'
import { countOf } from './metrics.ts'
import { exampleDraft, officer, type Participant, Participants, releaser } from './participants.ts'
import { Pen } from './pen.ts'

it('proves a fork to everybody, freezes the log before it, and stops its issuer', async () => {
  await using alliance = await Participants.make()
  const [issuer, near, far] = await alliance.openReady(['QM', 'QN', 'XD'])
  const first = await issuer.issue()
  const second = await issuer.issue()
  await expectVerified([near, far], [first.id, second.id])

  // Somebody else signs with the issuer's key, and is connected with one node only.
  await using hostile = await HostilePeer.open('XF', alliance)
  await hostile.connect([near])
  const pen = new Pen('QM', alliance).after(first)
  const [otherSecond, otherThird] = [pen.next(), pen.next()]
  await hostile.gossip(otherSecond.text)
  const fork = { level: 'error', text: 'fork proven', issuer: 'QM', channel: 'torture', seq: 2 }
  for (const participant of [issuer, near, far]) {
    await eventually(() => expect(participant.lines).toContainEqual(expect.objectContaining(fork)))
    expect(await countOf(participant, 'forks')).toBe(1)
    const standings = (await participant.notices()).map(({ id, standing }) => [id, standing])
    expect(standings).toEqual([
      [first.id, 'verified'],
      [second.id, 'disputed'],
    ])
  }
  expect(await countOf(near, 'refused', { code: 'fork', road: 'gossip' })).toBe(1)

  // Frozen: neither branch goes on, and the issuer signs no more, also when it is started again.
  const third = new Pen('QM', alliance).after(second).next()
  await hostile.gossip(third.text)
  await hostile.offer(near, [[otherSecond.text, otherThird.text, third.text]])
  await eventually(async () =>
    expect(await countOf(near, 'refused', { code: 'log-frozen' })).toBeGreaterThanOrEqual(2),
  )
  await expectStopped(issuer)
  await alliance.close('QM')
  const [restarted] = await alliance.open(['QM'], { isNew: false })
  if (restarted === undefined) throw new TypeError('no node')
  await expectStopped(restarted)

  // The others go on, and who was away learns of it from the first whom it asks.
  const { id } = await near.issue()
  const [late] = await alliance.openReady(['XE'])
  await expectVerified([far, restarted, late], [first.id, id])
  await eventually(() => expect(late.lines).toContainEqual(expect.objectContaining(fork)))

  const members = ['QM', 'QN', 'XD', 'XE']
  for (const member of members) await alliance.close(member)
  const proofs = await Promise.all(
    members.map(member => proofIn(alliance.dataDirOf(member), 'torture', 'QM')),
  )
  expect(proofs[0]).toMatchObject({ seq: 2 })
  expect(new Set(proofs.map(proof => proof?.text)).size).toBe(1)
})

it('proves two notices for one place that come in one page', async () => {
  await using alliance = await Participants.make()
  const [near, far] = await alliance.openReady(['QN', 'XD'])
  await using hostile = await HostilePeer.open('XF', alliance)
  await hostile.connect([near])
  const pen = new Pen('XF', alliance)
  const [first, second, third] = [pen.next(), pen.next(), pen.next()]
  const otherSecond = new Pen('XF', alliance).after({ seq: 1, id: first.id }).next({ payload: { iat: 1 } })
  await hostile.offer(near, [[first, second, otherSecond, third].map(({ text }) => text)])
  const fork = { text: 'fork proven', issuer: 'XF', seq: 2 }
  for (const { lines } of [near, far]) {
    await eventually(() => expect(lines).toContainEqual(expect.objectContaining(fork)))
  }
  expect((await near.notices()).map(({ id, standing }) => [id, standing])).toEqual([
    [first.id, 'verified'],
    [second.id, 'disputed'],
  ])
})

it('proves a fork in an opt-in channel to those who have joined, and tells nobody else', async () => {
  await using alliance = await Participants.make()
  const [one, other, outsider] = await alliance.openReady(['QM', 'QN', 'XE'])
  await using hostile = await HostilePeer.open('XF', alliance)
  await hostile.connect([one, other, outsider])
  const [a, b] = [1, 2].map(
    iat => new Pen('XF', alliance).next({ payload: { channel: 'capital', iat } }).text,
  )
  const both = { torture: {}, capital: {} }
  await hostile.offer(one, [[a ?? '']], both)
  await hostile.offer(other, [[b ?? '']], both)
  const fork = { text: 'fork proven', issuer: 'XF', channel: 'capital', seq: 1 }
  for (const { lines } of [one, other]) {
    await eventually(() => expect(lines).toContainEqual(expect.objectContaining(fork)))
  }
  expect(await countOf(outsider, 'gossip', { topic: 'evidence' })).toBe(0)
  for (const member of ['QM', 'QN', 'XE']) await alliance.close(member)
  const signatures = [a, b].map(text => text?.split(/[.~]/)[2]?.slice(0, 40) ?? '')
  expect(await foundIn(outsider.dataDir, signatures)).toEqual([])
  for (const { dataDir } of [one, other]) {
    expect(await proofIn(dataDir, 'capital', 'XF')).toMatchObject({ seq: 1 })
    expect(await foundIn(dataDir, signatures)).toEqual(signatures)
  }
})

async function expectVerified(participants: readonly Participant[], ids: readonly string[]): Promise<void> {
  for (const { notices } of participants) {
    await eventually(async () => {
      const verified = (await notices()).filter(({ standing }) => standing === 'verified')
      expect(verified.map(({ id }) => id).sort()).toEqual([...ids].sort())
    })
  }
}

async function expectStopped({ node: { desk } }: Participant): Promise<void> {
  await eventually(() => expect(desk.network().signing.state).toBe('stopped'))
  const { id } = await desk.drafts.create(exampleDraft('denial'), officer)
  await expect(desk.release(id, releaser, {})).rejects.toMatchObject({ code: 'signing-stopped' })
}

async function proofIn(dataDir: string, channel: string, issuer: string) {
  await using store = await openStore({ dir: join(dataDir, 'store') })
  return store.evidence.forkOf(channel, issuer)
}

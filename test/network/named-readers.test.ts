import { expect, it } from 'vitest'
import { type Draft, type Part, parseNotice } from '#protocol'
import { eventually } from '../eventually.ts'
import { foundIn, holds, partBytes } from './bytes.ts'
import { HostilePeer } from './hostile-peer.ts'
import { verdictsOf } from './metrics.ts'
import { exampleDraft, type Participant, Participants } from './participants.ts'

it('brings a part to its named readers, with the issuer offline too, and no byte of it to anyone else', async () => {
  await using alliance = await Participants.make()
  const [issuer, reader, other] = await alliance.openReady(['QM', 'QN', 'XE'])
  await using eavesdropper = await HostilePeer.open('XF', alliance)
  await eavesdropper.connect([issuer, reader, other])
  const { id } = await issuer.issue(namesFor(['QN', 'XD']))
  await eventually(async () => expect(await partsHeldBy(reader, id)).toEqual(['body', 'nominal', 'readers']))
  await eventually(async () => expect(await partsHeldBy(other, id)).toEqual(['body']))
  const parts = partsOf(issuer, id, alliance)
  await eventually(() => {
    const gossiped = Buffer.concat(eavesdropper.received)
    expect(partBytes(parts.body).filter(text => !holds(gossiped, text))).toEqual([])
  })
  for (const participant of [issuer, reader, other]) await eavesdropper.ask(participant, ['torture'], [id])

  await alliance.close('QM')
  const [lateReader] = await alliance.openReady(['XD'])
  await eventually(async () =>
    expect(await partsHeldBy(lateReader, id)).toEqual(['body', 'nominal', 'readers']),
  )
  expect(await lateReader.notices()).toMatchObject([{ id, nominal: namesFor([]).nominal }])
  await eavesdropper.connect([lateReader])
  await eavesdropper.ask(lateReader, ['torture'], [id])

  for (const member of ['QN', 'XD', 'XE']) await alliance.close(member)
  const secret = [...partBytes(parts.nominal), ...partBytes(parts.readers)]
  const received = Buffer.concat(eavesdropper.received)
  expect(secret.filter(text => holds(received, text))).toEqual([])
  expect(await foundIn(other.dataDir, secret)).toEqual([])
  expect(JSON.stringify([other.lines, reader.lines, issuer.lines])).not.toContain('Sham Trading')

  // The same search finds what is for the channel there, and the secret where it belongs.
  const open = partBytes(parts.body)
  expect(open.filter(text => !holds(received, text))).toEqual([])
  expect((await foundIn(other.dataDir, open)).length).toBeGreaterThan(0.9 * open.length)
  for (const { dataDir } of [issuer, reader, lateReader]) {
    expect((await foundIn(dataDir, secret)).length).toBeGreaterThan(0.9 * secret.length)
  }
})

it('shows a sealed notice as sealed, and what it is to its readers alone', async () => {
  await using alliance = await Participants.make()
  const [issuer, reader, other] = await alliance.openReady(['QM', 'QN', 'XE'])
  await using eavesdropper = await HostilePeer.open('XF', alliance)
  await eavesdropper.connect([issuer, reader, other])
  const draft = sealedFor(['QN'])
  const { id } = await issuer.issue(draft)
  await eventually(async () => expect(await partsHeldBy(reader, id)).toEqual(['body', 'nominal', 'readers']))
  await eventually(async () => expect(await other.notices()).toHaveLength(1))
  const [forReader] = await reader.notices()
  const [forOther] = await other.notices()
  expect(forReader).toMatchObject({
    type: 'denial',
    body: draft.body,
    nominal: draft.nominal,
    standing: 'verified',
  })
  expect(forOther).toMatchObject({ type: 'sealed', refs: [], standing: 'verified' })
  expect([forOther?.body, forOther?.nominal]).toEqual([undefined, undefined])
  const parts = Object.values(partsOf(issuer, id, alliance))
  for (const participant of [issuer, reader, other]) await eavesdropper.ask(participant, ['torture'], [id])

  for (const member of ['QM', 'QN', 'XE']) await alliance.close(member)
  const secret = parts.flatMap(partBytes)
  const received = Buffer.concat(eavesdropper.received)
  expect(holds(received, id)).toBe(true)
  expect(secret.filter(text => holds(received, text))).toEqual([])
  expect(await foundIn(other.dataDir, secret)).toEqual([])
  for (const { dataDir } of [issuer, reader]) {
    expect((await foundIn(dataDir, secret)).length).toBeGreaterThan(0.9 * secret.length)
  }
})

it('keeps nothing of a part that a reader gives away to one who is none', async () => {
  await using alliance = await Participants.make()
  const [issuer, other] = await alliance.openReady(['QM', 'QN'])
  await using leak = await HostilePeer.open('XF', alliance)
  await leak.connect([issuer, other])
  const { id } = await issuer.issue(namesFor(['XF']))
  await eventually(async () => expect(await partsHeldBy(other, id)).toEqual(['body']))
  const { nominal, readers } = partsOf(issuer, id, alliance)
  const whole = issuer.node.desk.notices.text(id, { nominal: true }) ?? ''

  const rejected = await verdictsOf(other, 'reject')
  await leak.gossip(whole)
  await eventually(async () => expect(await verdictsOf(other, 'reject')).toBe(rejected + 1))
  await leak.offer(other, [[whole, whole.replace(`${readers.text}~`, '')]])
  const alreadyHeld = { code: 'already-held', road: 'sync', from: 'XF' }
  await eventually(async () => expect(other.lines).toContainEqual(expect.objectContaining(alreadyHeld)))
  await issuer.issue(exampleDraft('sighting'))
  await eventually(async () => expect(await other.notices()).toHaveLength(2))

  await leak.ask(issuer, ['torture'])
  for (const member of ['QM', 'QN']) await alliance.close(member)
  const secret = [...partBytes(nominal), ...partBytes(readers)]
  expect(await foundIn(other.dataDir, secret)).toEqual([])
  const received = Buffer.concat(leak.received)
  expect(secret.filter(text => !holds(received, text))).toEqual([])
})

/** A denial whose names are for these readers only. */
function namesFor(readers: string[]): Draft {
  const draft = exampleDraft('denial', ({ readers: named }) => named !== undefined)
  return { ...draft, readers }
}

/** A denial of which everything is for these readers only. */
function sealedFor(readers: string[]): Draft {
  const draft = namesFor(readers)
  const parts = Object.entries(draft.parts).map(([name, rule]) => [name, { ...rule, to: 'named' }] as const)
  return { ...draft, parts: Object.fromEntries(parts) }
}

async function partsHeldBy({ node }: Participant, id: string): Promise<string[]> {
  const notice = await node.desk.notices.find(id, { nominal: true })
  return (notice?.parts ?? []).filter(({ held }) => held).map(({ name }) => name)
}

function partsOf({ node }: Participant, id: string, { registry }: Participants) {
  const { parts } = parseNotice(node.desk.notices.text(id, { nominal: true }) ?? '', registry)
  return Object.fromEntries(parts.map(part => [part.name, part])) as Record<
    'body' | 'nominal' | 'readers',
    Part
  >
}

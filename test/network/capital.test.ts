import { expect, it } from 'vitest'
import { forkBetween, forkProofText, parseEnvelope, parseNotice } from '#protocol'
import { eventually } from '../eventually.ts'
import { bytesOf, foundIn, holds } from './bytes.ts'
import { HostilePeer } from './hostile-peer.ts'
import { countOf, verdictsOf } from './metrics.ts'
import { capitalDraft, exampleDraft, type Participant, Participants } from './participants.ts'
import { Pen } from './pen.ts'

it('keeps capital out of a node that has not joined, whatever a hostile member sends it', async () => {
  await using alliance = await Participants.make()
  const [issuer, joined, outsider] = await alliance.openReady(['QM', 'QN', 'XE'])
  const own = await issuer.issue(capitalDraft())
  await eventually(async () => expect(await joined.notices()).toHaveLength(1))

  await using hostile = await HostilePeer.open('XF', alliance)
  await hostile.connect([issuer, joined, outsider])
  await hostile.ask(issuer, ['capital'])
  const stolen = hostile.received.map(String).find(text => text.includes('~')) ?? ''
  const pen = new Pen('XF', alliance)
  const written = pen.next({ payload: { channel: 'capital' } })
  const forked = pen.write({ payload: { channel: 'capital', iat: 1_777_896_001 } })
  const texts = [stolen, written.text, forked.text]
  const bytes = texts.flatMap(text => bytesOf(parseNotice(text, alliance.registry)))

  // By gossip on a topic of another channel, and as evidence.
  const rejected = await verdictsOf(outsider, 'reject')
  await hostile.gossip(stolen)
  await hostile.gossip(written.text)
  await eventually(async () => expect(await verdictsOf(outsider, 'reject')).toBe(rejected + 2))
  await hostile.gossip(proofOf(written.jws, forked.jws, alliance), 'evidence')
  await eventually(async () =>
    expect(await countOf(outsider, 'gossip', { topic: 'evidence', verdict: 'reject' })).toBe(1),
  )
  // In answers to catch-up, announced and not, after a poke.
  const cut = () => countOf(outsider, 'catch_up_rounds', { outcome: 'cut' })
  const cutBefore = await cut()
  await hostile.offer(outsider, [texts], { torture: {}, capital: {} })
  await eventually(async () => expect(await cut()).toBe(cutBefore + 1))
  await hostile.offer(outsider, [[stolen], [written.text], [forked.text]])
  await eventually(async () => expect(await cut()).toBe(cutBefore + 2))
  expect(codesOf(outsider)).toEqual(['channel-differs', 'channel-not-joined', 'proof-invalid'])

  // The channels that it has joined go on.
  const { id } = await issuer.issue(exampleDraft('sighting'))
  await eventually(async () => expect(await outsider.notices()).toHaveLength(1))
  const open = Buffer.from(outsider.node.desk.notices.text(id, { nominal: true }) ?? '')
  const secret = bytes.filter(text => !holds(open, text))
  expect(secret.filter(text => JSON.stringify(outsider.lines).includes(text))).toEqual([])
  for (const member of ['QM', 'QN', 'XE']) await alliance.close(member)
  expect(await foundIn(outsider.dataDir, secret)).toEqual([])
  expect(await foundIn(outsider.dataDir, [own.id, written.id, forked.id])).toEqual([])

  // The same search finds it where it belongs.
  const ofIssuer = bytesOf(parseNotice(stolen, alliance.registry))
  for (const { dataDir } of [issuer, joined]) {
    expect((await foundIn(dataDir, ofIssuer)).length).toBeGreaterThan(0.9 * ofIssuer.length)
  }
})

it('gives nothing of it to a member that has not joined, whatever that asks', async () => {
  await using alliance = await Participants.make()
  const [issuer, joined] = await alliance.openReady(['QM', 'QN'])
  const { id } = await issuer.issue(capitalDraft())
  await eventually(async () => expect(await joined.notices()).toHaveLength(1))
  const secret = bytesOf(
    parseNotice(issuer.node.desk.notices.text(id, { nominal: true }) ?? '', alliance.registry),
  )

  await using outsider = await HostilePeer.open('XH', alliance)
  await outsider.connect([issuer, joined])
  const refusal = { failure: { code: 'channel-not-joined' } }
  for (const participant of [issuer, joined]) {
    expect(await outsider.ask(participant, ['capital'])).toMatchObject(refusal)
    expect(await outsider.ask(participant, ['torture', 'capital'], [id])).toMatchObject(refusal)
    expect(await outsider.ask(participant, ['torture'], [id])).toEqual({ admitted: 0, held: 0, refused: 0 })
  }
  // Gossip, beacons and questions have come meanwhile.
  await eventually(() => expect(outsider.received.length).toBeGreaterThan(6))
  const bytes = Buffer.concat(outsider.received)
  expect([id, ...secret].filter(text => holds(bytes, text))).toEqual([])

  await using member = await HostilePeer.open('XD', alliance)
  await member.connect([issuer])
  await member.ask(issuer, ['capital'])
  const received = Buffer.concat(member.received)
  expect(secret.filter(text => !holds(received, text))).toEqual([])
})

function proofOf(first: string, second: string, { registry }: Participants): string {
  const proof = forkBetween(parseEnvelope(first, registry), parseEnvelope(second, registry))
  if (proof === undefined) throw new TypeError('These two can stand in one log.')
  return forkProofText(proof)
}

function codesOf({ lines }: Participant): string[] {
  return [...new Set(lines.flatMap(({ code }) => code ?? []))].sort()
}

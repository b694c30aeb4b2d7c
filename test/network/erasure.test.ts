import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Draft, type JsonObject, type Part, parseNotice, publicKeyOf, verifyEnvelope } from '#protocol'
import { fold } from '../../node/content.ts'
import type { NoticeView } from '../../node/desk/desk.ts'
import { eventually } from '../eventually.ts'
import { foundIn, partBytes } from './bytes.ts'
import { HostilePeer } from './hostile-peer.ts'
import { exampleDraft, officer, onceFor, type Participant, Participants, releaser } from './participants.ts'

// One notice is signed, reaches all six, and its day passes. Then everybody who could bring its text back tries to: the
// nodes' own files after a restart, an old copy of one of them, and a peer that goes on gossiping and serving it.

const everybody = ['QM', 'QN', 'XD', 'XE', 'XF', 'XH']
const lastDay = '2031-03-31'
const before = Date.parse('2031-03-31T12:00:00Z') / 1000
const after = Date.parse('2031-04-01T00:00:01Z') / 1000

test('after its date no file of six nodes holds the text, nothing brings it back, and the log still stands', async () => {
  await using alliance = await Participants.make()
  const clock = { now: before }
  const open = (members: string[], isNew: boolean, more: object = {}) =>
    alliance.open(members, { isNew, now: () => clock.now, ...more })
  let nodes = await open(everybody, true)
  const issuer = get(nodes, 'QM')
  const erased = await issueWhenReady(issuer, secretDraft)
  await issuer.node.desk.drafts.create(secretDraft, officer)
  await allHold(nodes, [erased.id])
  const text = issuer.node.desk.notices.text(erased.id, { nominal: true }) ?? ''
  const { parts } = parseNotice(text, { net: alliance.registry.net })
  const traces = tracesOf(parts)
  /** What even a node that only received it has on disk: the parts as they travel, and the words of search. */
  const everywhere = [...parts.map(part => partBytes(part)[0]), fold(secrets.text.en)]

  // The control: the same search finds it on every node, and in the issuer's record of what it signed last.
  for (const { dataDir } of nodes)
    expect(await foundIn(dataDir, traces)).toEqual(expect.arrayContaining(everywhere))
  expect(await foundIn(join(issuer.dataDir, 'last-signed'), traces)).not.toEqual([])
  for (const { node } of nodes) expect(await node.eraseDue()).toBe(0)
  for (const { dataDir } of nodes) expect(await foundIn(dataDir, traces)).not.toEqual([])
  await alliance.close('XH')
  await cp(alliance.dataDirOf('XH'), join(alliance.folder, 'old copy'), { recursive: true })
  nodes = [...nodes.filter(({ member }) => member !== 'XH'), ...(await open(['XH'], false))]

  clock.now = after
  for (const { node } of nodes) expect(await node.eraseDue()).toBe(2)
  await noneHolds(nodes, traces)
  expect(await issuer.node.desk.drafts.list()).toEqual([])

  await Promise.all(everybody.map(member => alliance.close(member)))
  nodes = await open(everybody, false)
  await allHold(nodes, [erased.id])
  await noneHolds(nodes, traces)

  // An old copy comes back whose clock has stopped, so that it holds and serves the text; another begins from nothing.
  await Promise.all(['XH', 'XF'].map(member => alliance.close(member)))
  await rm(alliance.dataDirOf('XH'), { recursive: true })
  await rm(alliance.dataDirOf('XF'), { recursive: true })
  await cp(join(alliance.folder, 'old copy'), alliance.dataDirOf('XH'), { recursive: true })
  const [old] = await open(['XH'], false, { now: () => before })
  const [joiner] = await open(['XF'], true)
  if (old === undefined || joiner === undefined) throw new TypeError('no node')
  expect(await foundIn(old.dataDir, traces)).toEqual(expect.arrayContaining(everywhere))
  nodes = [...nodes.filter(({ member }) => !['XH', 'XF'].includes(member)), joiner]
  await allHold(nodes, [erased.id])
  await noneHolds(nodes, traces)
  await alliance.close('XH')

  // A peer with a member's key gossips the old text and gives it to whoever asks.
  await replay(alliance, nodes, text)
  await noneHolds(nodes, traces)

  // The control: a node whose day has not passed takes the text from that same peer.
  await alliance.close('XE')
  await rm(alliance.dataDirOf('XE'), { recursive: true })
  const [late] = await open(['XE'], true, { now: () => before, isAlone: true })
  if (late === undefined) throw new TypeError('no node')
  await replay(alliance, [late], text)
  expect(await foundIn(late.dataDir, traces)).toEqual(expect.arrayContaining(everywhere))
  await alliance.close('XE')
  nodes = [...nodes.filter(({ member }) => member !== 'XE'), ...(await open(['XE'], false))]
  await eventually(async () => noneHolds(nodes, traces))

  const again = get(nodes, 'QM')
  const next = await issueWhenReady(again, exampleDraft('alert'))
  await allHold(nodes, [erased.id, next.id])
  for (const { node, lines } of nodes) {
    const kept = node.desk.notices.text(erased.id, { nominal: true }) ?? ''
    const { envelope, parts } = parseNotice(kept, { net: alliance.registry.net })
    const verified = await verifyEnvelope(envelope, await publicKeyOf(alliance.registry, envelope.kid))
    expect({ id: verified.id, parts }).toEqual({ id: erased.id, parts: [] })
    const view = await node.desk.notices.find(erased.id, { nominal: true })
    expect(view).toMatchObject({
      status: 'erased',
      standing: 'verified',
      parts: [{ erased: true }, { erased: true }],
    })
    const follows = parseNotice(node.desk.notices.text(next.id, { nominal: true }) ?? '', {
      net: alliance.registry.net,
    })
    expect(follows.envelope).toMatchObject({ seq: erased.seq + 1, prev: erased.id })
    expect(traces.filter(trace => JSON.stringify(lines).includes(trace))).toEqual([])
  }
})

/** Nothing in it stands in any other notice. */
const secrets = {
  nationalRef: 'QM-LIC-KESTREL-OF-OSPREY',
  groundsSummary: 'Seventeen unmistakable ospreys were seen beside the kestrel depot.',
  text: { en: 'Export of forty kestrel belts to the osprey depot was refused.' },
}
const names = { exporter: 'Kestrel and Osprey Restraint Works', depot: 'Ministry of Imaginary Ospreys' }

const { body, ...draft } = exampleDraft('denial')
const secretDraft: Draft = {
  ...draft,
  body: { ...body, ...secrets } as JsonObject,
  nominal: { exporter: { name: names.exporter }, depot: { name: names.depot } },
  parts: { body: { to: 'channel', until: lastDay }, nominal: { to: 'channel', until: lastDay } },
}

/** The parts as they travel and as people read them, and the words that search finds them by. */
function tracesOf(parts: readonly Part[]): string[] {
  const said = [secrets.nationalRef, secrets.groundsSummary, secrets.text.en, ...Object.values(names)]
  const decoded = parts.map(({ text }) => Buffer.from(text, 'base64url').toString())
  return [
    ...parts.flatMap(part => partBytes(part).filter(isOfThisNotice)),
    ...decoded,
    ...said,
    ...said.map(fold),
  ]
}

/** Texts of the example that other notices hold too prove nothing. */
function isOfThisNotice(text: string): boolean {
  return !JSON.stringify([exampleDraft('denial'), exampleDraft('alert')]).includes(text)
}

async function noneHolds(nodes: readonly Participant[], traces: readonly string[]): Promise<void> {
  for (const { member, dataDir } of nodes) {
    expect({ member, found: await foundIn(dataDir, traces) }).toEqual({ member, found: [] })
  }
}

async function allHold(nodes: readonly Participant[], ids: readonly string[]): Promise<void> {
  for (const { notices } of nodes) {
    await eventually(async () => expect((await notices()).map(({ id }) => id)).toEqual(ids))
  }
}

/** By gossip to everybody, and to each by catch-up; resolves when all have judged it. */
async function replay(alliance: Participants, nodes: readonly Participant[], text: string): Promise<void> {
  const { envelope } = parseNotice(text, { net: alliance.registry.net })
  await using hostile = await HostilePeer.open('XH', alliance)
  await hostile.connect(nodes)
  await hostile.gossip(text)
  for (const participant of nodes) {
    await hostile.offer(participant, [[text]], { torture: { QM: [envelope.seq, envelope.id] } })
    await eventually(() => {
      const judged = participant.lines.filter(({ with: from, reason }) => from === 'XH' && reason === 'poke')
      expect(judged).not.toEqual([])
    })
  }
}

async function issueWhenReady({ node }: Participant, of: Draft): Promise<NoticeView> {
  const { id } = await node.desk.drafts.create(of, officer)
  await eventually(() => expect(node.desk.network().signing.state).toBe('ready'))
  return node.desk.release(id, releaser, { once: onceFor(id) })
}

function get(nodes: readonly Participant[], member: string): Participant {
  const found = nodes.find(each => each.member === member)
  if (found === undefined) throw new TypeError(`${member} is not running.`)
  return found
}

import { afterAll, beforeAll, expect, it } from 'vitest'
import { pagesOf } from '#protocol'
import { eventually } from '../eventually.ts'
import { CuttingProxy } from './cutting-proxy.ts'
import { HostilePeer } from './hostile-peer.ts'
import { verdictsOf } from './metrics.ts'
import { exampleDraft, type Participant, Participants } from './participants.ts'

/** Issued by all issuers together while the others are away. */
const issuedMeanwhile = 500
const issuers = ['QN', 'XD', 'XE', 'XF']
const away = ['QM', 'XH', 'DEMO07']
const relay = 'DEMO08'

/** This cut waits, besides, until more is held than at the last one. */
const afterProgress = 300 * 1024
/** Bytes after which each connection breaks: all but one within the first page, which has up to 256 KiB. */
const cutAfterBytes = [40, 300, 20, 60, 90, 30, 90, 40, 20, 50].map(kibibytes => kibibytes * 1024)

let alliance: Participants
let present: Participant[]
/** Each issuer's own log, by its own node. */
let logs: Map<string, string[]>

beforeAll(async () => {
  alliance = await Participants.make(8)
  const all = await alliance.openReady([...issuers, ...away])
  present = all.slice(0, issuers.length)
  await issue(1)
  for (const { notices } of all) {
    await eventually(async () => expect(await notices()).toHaveLength(issuers.length))
  }
  for (const member of away) await alliance.close(member)
  await issue(issuedMeanwhile / issuers.length)
  logs = new Map(await Promise.all(present.map(async own => [own.member, await logOf(own)] as const)))
})

afterAll(() => alliance[Symbol.asyncDispose]())

it('holds all that was issued while it was away once it comes back', async () => {
  await using back = await reopen('XH')
  await connect(back)
  await holdsAll(back)
})

it('holds all the same when its only line is cut ten times on the way', async () => {
  await using back = await reopen('QM')
  const heldAtCut: number[] = []
  await using line = await CuttingProxy.open(present[0]?.node.addresses()[0] ?? '', bytes => {
    const after = cutAfterBytes[heldAtCut.length]
    const held = back.node.desk.feed.last()
    const waits = after === afterProgress && held === (heldAtCut.at(-1) ?? issuers.length)
    const isDue = after !== undefined && bytes >= after && !waits
    if (isDue) heldAtCut.push(held)
    return isDue
  })
  await back.node.connectTo([line.address])
  await holdsAll(back)
  expect(heldAtCut).toHaveLength(10)
  // The cuts came while notices were on the way, and what was durable then stayed.
  const [first = 0, last = 0] = [heldAtCut.at(0), heldAtCut.at(-1)]
  expect(last).toBeLessThan(issuedMeanwhile)
  expect(last).toBeGreaterThan(first)
})

it('holds all the same, parts too, when a relay strips them', async () => {
  await using hostile = await HostilePeer.open(relay, alliance)
  await using back = await reopen('DEMO07')
  await hostile.connect([back])
  const whole = await textsOf(present[0])
  const stripped = whole.map(text => text.slice(0, text.indexOf('~') + 1))

  const [next = ''] = stripped.slice(issuers.length)
  const rejected = await verdictsOf(back, 'reject')
  await hostile.gossip(next)
  await eventually(() => expect(back.lines).toContainEqual(expect.objectContaining(refusedAsStripped)))
  expect(await verdictsOf(back, 'reject')).toBe(rejected + 1)
  expect(await back.notices()).toHaveLength(issuers.length)

  const pages = [...pagesOf(stripped)].map(page => page.notices)
  await hostile.offer(back, pages)
  await eventually(async () => expect(await back.notices()).toHaveLength(whole.length))
  const envelopes = (await back.notices()).slice(issuers.length)
  expect(
    envelopes.filter(({ body, nominal, parts }) => body ?? nominal ?? parts.find(part => part.held)),
  ).toEqual([])

  await connect(back)
  await holdsAll(back)
  expect((await textsOf(back)).sort()).toEqual(whole.sort())
})

const refusedAsStripped = { code: 'part-stripped', road: 'gossip', from: relay }

/** With its old folder, and nobody to talk to yet; closed at the end of the test, so that it can be asked again. */
async function reopen(member: string): Promise<Participant & AsyncDisposable> {
  const [participant] = await alliance.open([member], { isNew: false, isAlone: true })
  if (participant === undefined) throw new TypeError('no node')
  return { ...participant, [Symbol.asyncDispose]: () => alliance.close(member) }
}

async function issue(each: number): Promise<void> {
  await Promise.all(
    present.map(async participant => {
      for (let at = 0; at < each; at += 1)
        await participant.issue(exampleDraft(at % 2 === 0 ? 'denial' : 'alert'))
    }),
  )
}

async function logOf({ member, notices }: Participant): Promise<string[]> {
  return (await notices()).filter(({ issuer }) => issuer === member).map(({ id }) => id)
}

async function connect({ node }: Participant): Promise<void> {
  await node.connectTo(present.flatMap(other => other.node.addresses()))
}

/** Every notice that it holds, as signed, oldest first. */
async function textsOf(participant: Participant | undefined): Promise<string[]> {
  const held = (await participant?.notices()) ?? []
  return held.map(({ id }) => participant?.node.desk.notices.text(id, { nominal: true }) ?? '')
}

/** Waits until it holds everything with all parts; then nothing may be out of order, missing or there twice. */
async function holdsAll({ notices }: Participant): Promise<void> {
  const total = [...logs.values()].flat().length
  const all = async () => {
    const held = await notices()
    expect(held).toHaveLength(total)
    expect(held.flatMap(({ parts }) => parts).filter(part => !part.held)).toEqual([])
    return held
  }
  const held = await eventually(all, { everyMs: 100 })
  for (const [member, ids] of logs) {
    const log = held.filter(({ issuer }) => issuer === member)
    expect(log.map(({ id }) => id)).toEqual(ids)
    expect(log.map(({ seq }) => seq)).toEqual(ids.map((_, at) => at + 1))
  }
}

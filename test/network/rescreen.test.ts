import { cp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Draft, JsonObject } from '#protocol'
import type { Consignment, Lane } from '../../node/consignment.ts'
import type { FocalpointNode } from '../../node/node.ts'
import type { Person } from '../../node/people.ts'
import { eventually } from '../eventually.ts'
import { foundIn } from './bytes.ts'
import { exampleDraft, officer, type Participant, Participants, releaser } from './participants.ts'

// "What did we let through?" Quillmark keeps consignments that met nothing; then Dorrenia refuses one like them.

const marker = 'KESTREL-4711-OSPREY'
const textiles: Consignment = { reference: marker, description: 'textile samples' }

let alliance: Participants
let [qm, xd]: Participant[] = []
let ana: Person

beforeAll(async () => {
  alliance = await Participants.make(3)
  ;[qm, , xd] = await alliance.openReady(['QM', 'QN', 'XD'])
  ana = await at(qm).node.people.add({ name: 'Ana', roles: ['customs'] })
})
afterAll(() => alliance[Symbol.asyncDispose]())

test('a kept consignment turns with the refusal of another State, and turns back when that is withdrawn', async () => {
  const { node } = at(qm)
  const ben = await node.people.add({ name: 'Ben', roles: ['customs'] })
  const subscribed = await Promise.all([ana, ben].map(person => subscribe(node, person)))
  const id = await keep(node, to('Zirkonia Phantom Holdings'))
  const other = await keep(node, to('Quince Bakery'))
  expect([laneOf(node, id), laneOf(node, other)]).toEqual(['green', 'green'])

  const denial = await at(xd).issue(denialOf('Zirkonia Phantom Holding'))
  await untilTold(node, [id])
  expect(laneOf(node, id)).not.toBe('green')
  const read = await node.desk.consignments.get(id, ana)
  expect(read.matches).toMatchObject([{ notice: denial.id, issuer: 'XD' }])
  expect(read.matches[0]?.reasons[0]).toMatchObject({ field: '/parties/0/name' })

  await withdraw(at(xd), denial.id)
  await untilTold(node, [id, id])
  expect(laneOf(node, id)).toBe('green')
  expect((await node.desk.consignments.get(id, ana)).matches).toEqual([])
  expect(laneOf(node, other)).toBe('green')
  // Who keeps it is told of both, and nobody else.
  await eventually(async () => {
    const told = await Promise.all(
      subscribed.map(each => node.desk.subscriptions.deliveries(each, { limit: 9 })),
    )
    expect(told.map(deliveries => deliveries.map(({ kind, subject }) => `${kind} ${subject}`))).toEqual([
      [`matched ${id}`, `matched ${id}`],
      [],
    ])
  })
  await Promise.all([id, other].map(each => node.desk.consignments.remove(each, ana)))
})

test('what came while the node was off, or after it was killed, is met once when it is back', async () => {
  const id = await keep(at(qm).node, to('Vorelia Imaginary Traderss'))
  // As it lies on the disk while the node runs is how a kill leaves it.
  const { dataDir } = at(qm)
  await cp(dataDir, join(alliance.folder, 'killed'), { recursive: true })
  const before = toldIn(at(qm).node).length
  await alliance.close('QM')
  await rm(dataDir, { recursive: true })
  await rename(join(alliance.folder, 'killed'), dataDir)
  const denial = await at(xd).issue(denialOf('Vorelia Imaginary Traders'))
  for (let start = 0; start < 2; start++) {
    ;[qm] = await alliance.openReady(['QM'], { isNew: false })
    const { node } = at(qm)
    await eventually(() => expect(toldIn(node)).toHaveLength(before + 1))
    expect(laneOf(node, id)).not.toBe('green')
    await alliance.close('QM')
  }
  ;[qm] = await alliance.openReady(['QM'], { isNew: false })
  await withdraw(at(xd), denial.id)
  await eventually(() => expect(laneOf(at(qm).node, id)).toBe('green'))
  await eventually(() => expect(toldIn(at(qm).node)).toHaveLength(before + 2))
  await at(qm).node.desk.consignments.remove(id, ana)
})

test('a drill of another State is shown beside a real consignment and changes nothing of it', async () => {
  const { node } = at(qm)
  const id = await keep(node, to('Umbrosia Unreal Logisticss'))
  const drill = await keep(node, { ...to('Umbrosia Unreal Logisticss'), exercise: true })
  const before = toldIn(node).length
  await at(xd).issue({ ...denialOf('Umbrosia Unreal Logistics'), exercise: true })
  await eventually(() => expect(toldIn(node)).toHaveLength(before + 1))
  expect(toldIn(node).at(-1)).toBe(drill)
  expect(node.desk.consignments.find(id, ana)).toMatchObject({ lane: 'green', matches: [{ exercise: true }] })
  expect(laneOf(node, drill)).not.toBe('green')
  await Promise.all([id, drill].map(each => node.desk.consignments.remove(each, ana)))
})

test('a match becomes a sighting that the other State reads, with four eyes and no more than was asked for', async () => {
  const { node } = at(qm)
  const denial = await at(xd).issue(denialOf('Tarnovia Nowhere Imports'))
  await eventually(async () => {
    const { results } = await node.desk.screening.screen([to('Tarnovia Nowhere Importss')], { person: ana })
    expect(results[0]?.lane).not.toBe('green')
  })
  const token = await tokenOf(node)
  const report = {
    consignment: {
      ...to('Tarnovia Nowhere Importss'),
      hs: { code: '6217' },
      quantity: { value: 3, unit: 'H87' },
    },
    about: { notice: denial.id },
    verdict: 'not-the-product',
    heldHours: 5,
    place: { unlocode: 'QMPRT' },
    direction: 'import',
    names: { to: 'nobody' },
  }
  const answer = await fetch(new URL('/v1/sightings', node.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(report),
  })
  expect([answer.status, answer.headers.get('etag')]).toEqual([201, '"1"'])
  const { id, author } = (await answer.json()) as { id: string; author: string }
  await expect(node.desk.release(id, { ...releaser, id: author }, {})).rejects.toMatchObject({
    code: 'four-eyes',
  })
  const issued = await node.desk.release(id, releaser, {})
  await eventually(async () => {
    const seen = await at(xd).node.desk.notices.find(issued.id, { nominal: true })
    expect(seen).toMatchObject({
      issuer: 'QM',
      exercise: false,
      refs: [{ id: denial.id, rel: 'about' }],
      body: { of: { id: denial.id }, verdict: 'not-the-product', outcome: { heldHours: 5 } },
    })
    expect(JSON.stringify(seen)).not.toContain('Tarnovia')
  })
})

test('nothing that is screened is on the disk or in the log, unless it is kept, and then only until it is thrown away', async () => {
  const { node, dataDir, lines } = at(qm)
  const own = `${marker}-X`
  await node.desk.screening.screen([{ ...to('Sylvania Pretend Storess'), reference: own }], { person: ana })
  await node.eraseDue()
  expect(await foundIn(dataDir, [own])).toEqual([])
  const id = await keep(node, { ...to('Sylvania Pretend Storess'), reference: own })
  expect(await foundIn(dataDir, [own])).not.toEqual([])
  await node.desk.consignments.remove(id, ana)
  await node.eraseDue()
  expect(await foundIn(dataDir, [own])).toEqual([])
  expect(JSON.stringify(lines)).not.toContain(marker)
})

/** A refusal of this day, with effect, of a consignee of this name. */
function denialOf(name: string): Draft {
  const { exercise: _, body, nominal, ...draft } = structuredClone(exampleDraft('denial'))
  const today = new Date().toISOString().slice(0, 10)
  const inYears = (years: number) =>
    `${Number(today.slice(0, 4)) + years}${today.slice(4).replace('02-29', '02-28')}`
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const validity = { from: today, reviewDue: inYears(3), lookbackUntil: inYears(3), reviewCount: 0 }
  return {
    ...draft,
    body: { ...body, networkRef: 'XD-2026-0007', decisionDate: today, notifyBy: inDays(30), validity },
    nominal: { ...nominal, depot: { name } } as JsonObject,
  }
}

/** A consignment to this consignee. */
function to(name: string): Consignment {
  return { ...textiles, parties: [{ role: 'consignee', name, country: 'XG' }] }
}

async function keep({ desk }: FocalpointNode, consignment: Consignment): Promise<string> {
  const { results } = await desk.screening.screen([consignment], { person: ana, keepDays: 3 })
  return results[0]?.kept?.id ?? ''
}

/** To be told of matches alone, in a feed. */
async function subscribe({ desk }: FocalpointNode, { id }: Person): Promise<string> {
  const filter = { types: ['lamp-check'] }
  const target = { kind: 'feed' } as const
  const wanted = { label: 'matches', filter, remarks: false, matches: true, target }
  return (await desk.subscriptions.create(id, wanted)).subscription.id
}

function laneOf({ desk }: FocalpointNode, id: string): Lane | undefined {
  return desk.consignments.find(id, ana)?.lane
}

/** Ids of the consignments that the feed has told of. */
function toldIn({ desk }: FocalpointNode): string[] {
  return desk.feed.after(0, 10_000).flatMap(({ kind, id }) => (kind === 'matched' ? [id] : []))
}

async function untilTold(node: FocalpointNode, ids: readonly string[]): Promise<void> {
  await eventually(() => expect(toldIn(node)).toEqual(ids))
}

async function withdraw({ node: { desk } }: Participant, id: string): Promise<void> {
  const { refs: _, exercise: __, ...example } = exampleDraft('withdrawal')
  const value = { ...example, body: { ...example.body, confirmBy: '2099-01-31' } }
  const drafted = await desk.answer(id, 'withdrawal', value, officer)
  await desk.release(drafted.id, releaser, {})
}

async function tokenOf({ people }: FocalpointNode): Promise<string> {
  return (await people.createToken({ person: ana.id, label: 'test', days: 1 })).secret
}

function at(participant: Participant | undefined): Participant {
  if (participant === undefined) throw new TypeError('the node is not open')
  return participant
}

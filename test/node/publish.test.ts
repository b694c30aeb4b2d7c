import { expect, onTestFinished, test } from 'vitest'
import type { KeptNotice } from '../../node/admission.ts'
import { Publisher } from '../../node/publish.ts'
import { admit, newAdmission, temporaryStore, type Wanted } from './store/builders.ts'

const named: NonNullable<Wanted['parts']> = {
  body: { value: { text: 'for all' }, to: 'channel' },
  nominal: { value: { p1: 'Kestrel Trading' }, to: 'named' },
  readers: { value: ['QN'], to: 'named' },
}

test('what enough others do not hold is gossiped again and again, then no more', async () => {
  const world = await newWorld()
  const id = await world.issue()
  await world.publisher.run()
  await world.publisher.run()
  expect(world.gossiped).toHaveLength(2)
  world.holders.add('QN')
  await world.publisher.run()
  expect(world.gossiped).toHaveLength(3)
  world.holders.add('XD')
  await world.publisher.run()
  await world.publisher.run()
  expect(world.gossiped).toHaveLength(3)
  expect(world.store.outbox.find(id)?.state).toBe('sent')
  expect(world.store.outbox.waiting()).toEqual([])
})

test('a notice that the registry has made void is told to nobody any more', async () => {
  const world = await newWorld()
  const id = await world.issue()
  await world.store.write(world.store.notices.voidOps(id, 1))
  await world.publisher.run()
  expect(world.gossiped).toEqual([])
  expect(world.store.outbox.find(id)).toBeUndefined()
})

test('in an Alliance of two the other one is enough', async () => {
  const world = await newWorld({ others: ['QN'] })
  await world.issue()
  world.holders.add('QN')
  await world.publisher.run()
  expect(world.gossiped).toEqual([])
  expect(world.store.outbox.waiting()).toEqual([])
})

test('gossip carries the parts for the channel and never one for named readers', async () => {
  const world = await newWorld()
  await world.issue({ parts: named })
  await world.publisher.run()
  const [text = ''] = world.gossiped
  expect(text.split('~').filter(part => part !== '')).toHaveLength(2)
  const parts = text
    .split('~')
    .slice(1)
    .map(part => Buffer.from(part, 'base64url').toString())
  expect(parts.join()).toContain('for all')
  expect(parts.join()).not.toContain('Kestrel')
})

test('a named reader is poked until it has come for its parts, however many hold the notice', async () => {
  const world = await newWorld()
  const id = await world.issue({ parts: named }, ['QN'])
  for (const other of ['QN', 'XD', 'XE']) world.holders.add(other)
  await world.publisher.run()
  expect(world.poked).toEqual(['QN'])
  expect(world.store.outbox.find(id)).toMatchObject({ state: 'sent', readers: ['QN'] })
  world.served.add('QN')
  await world.publisher.run()
  expect(world.poked).toEqual(['QN'])
  expect(world.store.outbox.waiting()).toEqual([])
})

test('in a channel without a topic nothing is gossiped: every member that lacks it is poked', async () => {
  const world = await newWorld()
  await world.issue({ channel: 'capital' })
  world.holders.add('QN')
  await world.publisher.run()
  expect(world.gossiped).toEqual([])
  expect(world.poked.sort()).toEqual(['XD', 'XE'])
})

test('a reader that is no member of the channel any more is not poked', async () => {
  const world = await newWorld()
  await world.issue({ parts: named }, ['XH'])
  await world.publisher.run()
  expect(world.poked).toEqual([])
})

test('asking for many runs at once goes through the outbox at most once more', async () => {
  const world = await newWorld()
  await world.issue()
  await Promise.all(Array.from({ length: 50 }, () => world.publisher.run()))
  expect(world.gossiped.length).toBeGreaterThan(0)
  expect(world.gossiped.length).toBeLessThanOrEqual(2)
})

/** A real outbox; the others are sets of who holds what. */
async function newWorld({ others = ['QN', 'XD', 'XE'] } = {}) {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const [gossiped, poked]: [string[], string[]] = [[], []]
  const [holders, served] = [new Set<string>(), new Set<string>()]
  const publisher = new Publisher({
    member: 'QM',
    store,
    publish: async (_, text) => gossiped.push(text),
    poke: async member => poked.push(member) > 0,
    others: () => others,
    now: () => 1_800_000_000,
    holds: (member: string, _: KeptNotice) => holders.has(member),
    hasParts: member => served.has(member),
  })
  const issue = async ({ channel = 'torture', ...wanted }: Wanted = {}, readers: string[] = []) => {
    const admission = newAdmission({ channel, ...wanted })
    const { id, seq } = admission.envelope
    await admit(store, [admission])
    await store.write(store.outbox.putOps({ id, channel, seq, state: 'waiting', since: 1, readers }))
    return id
  }
  return { store, publisher, gossiped, poked, holders, served, issue }
}

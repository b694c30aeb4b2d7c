import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sha256 } from '#protocol'
import { KeptConsignments } from '../../node/kept-consignments.ts'
import type { Person } from '../../node/people.ts'
import { Rescreening } from '../../node/rescreening.ts'
import { openStore } from '../../node/store/index.ts'
import { standInScreener } from './stand-in-screener.ts'
import { admit, newAdmission, removeFolder, temporaryFolder } from './store/builders.ts'

const ana: Person = { id: 'ana', name: 'Ana', roles: ['customs'], disabled: false, createdAt: 0 }
const ben: Person = { ...ana, id: 'ben' }
const hoses = { description: 'hoses and a baton' }
const drill = { description: 'hoses and a baton', exercise: true } as const
const start = 1_790_000_000
const forEver = new AbortController().signal

async function office({ inAll = 1000, perPerson = 1000, bytesPerPerson = 1_000_000 } = {}) {
  const most = { inAll, perPerson, bytesPerPerson }
  const dir = await temporaryFolder()
  const screener = standInScreener()
  const clock = { now: start }
  const matched: string[] = []
  const now = () => clock.now
  const open = async () => {
    const store = await openStore({ dir })
    const kept = await KeptConsignments.open({ store, screener, most, now })
    const onMatched = ({ id, lane }: { id: string; lane: string }) => void matched.push(`${id} ${lane}`)
    return { store, kept, rescreening: new Rescreening({ store, screener, kept, now, onMatched }) }
  }
  const world = { ...(await open()), dir, screener, clock, matched }
  onTestFinished(async () => {
    await world.store[Symbol.asyncDispose]()
    await removeFolder(dir)
  })
  return Object.assign(world, {
    /** A notice arrives; the index has seen it. */
    async arrive(seq: number, of: { refs?: { id: string; rel: string }[] } = {}) {
      const admission = newAdmission({ issuer: 'XD', seq, ...of })
      await admit(world.store, [admission])
      screener.through = world.store.feed.lastCursor()
      return admission.envelope.id
    },
    async restart() {
      await world.store[Symbol.asyncDispose]()
      Object.assign(world, await open())
    },
    keep: async (person = ana, consignment: object = hoses) =>
      (await world.kept.keep([consignment as typeof hoses], person, 3)).results[0]?.kept?.id ?? '',
    async keepMany(count: number): Promise<string[]> {
      const { results } = await world.kept.keep(
        Array.from({ length: count }, () => hoses),
        ana,
        3,
      )
      return results.map(({ kept }) => kept?.id ?? '')
    },
    told: () => world.store.feed.feedAfter(0, 999).filter(({ kind }) => kind === 'matched'),
    run: () => world.rescreening.run(forEver),
  })
}

test('a kept consignment turns when a notice comes and turns back when it is withdrawn, each told once', async () => {
  const world = await office()
  const id = await world.keep()
  await world.run()
  const notice = await world.arrive(1)
  world.screener.known.push({ words: 'baton', notice })
  await world.run()
  await world.run()
  expect(world.kept.find(id, ana)).toMatchObject({
    lane: 'red',
    matches: [{ notice, lane: 'red', score: 90 }],
  })
  expect(world.told().map(entry => entry.id)).toEqual([id])

  await world.arrive(2, { refs: [{ id: notice, rel: 'withdraws' }] })
  world.screener.known.length = 0
  await world.run()
  expect(world.kept.find(id, ana)).toMatchObject({ lane: 'green', matches: [] })
  expect(world.matched).toEqual([`${id} red`, `${id} green`])
  expect(world.told()).toHaveLength(2)
})

test('what changes no lane and has no weight is noted, and nobody is told', async () => {
  const world = await office()
  const id = await world.keep()
  await world.run()
  const notice = await world.arrive(1)
  world.screener.known.push({ words: 'baton', notice, lane: 'green' })
  await world.run()
  expect(world.kept.find(id, ana)).toMatchObject({ lane: 'green', matches: [{ notice }] })
  expect(world.told()).toEqual([])
})

test('another match at amber or red is told although the lane was red already', async () => {
  const world = await office()
  world.screener.known.push({ words: 'hoses' })
  const id = await world.keep()
  await world.run()
  world.screener.known.push({ words: 'baton', notice: await world.arrive(1), lane: 'amber' })
  await world.run()
  expect(world.told().map(entry => entry.id)).toEqual([id])
})

test('a drill never changes a real lane and is not told; a drill that is kept meets drills', async () => {
  const world = await office()
  const real = await world.keep()
  const exercise = await world.keep(ana, drill)
  await world.run()
  const notice = await world.arrive(1)
  world.screener.known.push({ words: 'baton', notice, exercise: true })
  await world.run()
  expect(world.kept.find(real, ana)).toMatchObject({ lane: 'green', matches: [{ exercise: true }] })
  expect(world.kept.find(exercise, ana)).toMatchObject({ lane: 'red', exercise: true })
  expect(world.told().map(entry => entry.id)).toEqual([exercise])
})

test('an index that lags behind is waited for', async () => {
  const world = await office()
  const id = await world.keep()
  await world.run()
  const notice = await world.arrive(1)
  world.screener.known.push({ words: 'baton', notice })
  world.screener.through = 0
  const running = world.run()
  await new Promise(resolve => setImmediate(resolve))
  expect(world.kept.find(id, ana)?.lane).toBe('green')
  world.screener.through = world.store.feed.lastCursor()
  await running
  expect(world.kept.find(id, ana)?.lane).toBe('red')
})

test('what came while the node was off is met at the start; a stop in the middle neither loses nor doubles', async () => {
  const world = await office()
  const ids = await world.keepMany(300)
  await world.run()
  const notice = await world.arrive(1)
  world.screener.known.push({ words: 'baton', notice })
  // The signal comes when some of them are written and their place in the feed is not.
  const cut = new AbortController()
  const { screen } = world.screener
  world.screener.screen = consignments => {
    if (world.told().length > 0) cut.abort()
    return screen(consignments)
  }
  await world.rescreening.run(cut.signal)
  const told = world.told().length
  expect(told).toBeGreaterThan(0)
  expect(told).toBeLessThan(300)
  await world.restart()
  await world.run()
  expect(
    world
      .told()
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...ids].sort())
  await world.restart()
  await world.run()
  expect(world.told()).toHaveLength(300)
})

test('another rule, and another day, look at all of them again', async () => {
  const world = await office()
  const id = await world.keep()
  await world.run()
  world.screener.known.push({ words: 'baton', lane: 'amber' })
  await world.run()
  expect(world.kept.find(id, ana)?.lane).toBe('green')
  world.clock.now += 86_400
  await world.run()
  expect(world.kept.find(id, ana)?.lane).toBe('amber')
  expect(world.told()).toHaveLength(1)
})

test('a notice that comes between screening and keeping is met all the same', async () => {
  const world = await office()
  await world.keep(ben)
  await world.run()
  const screened = Promise.withResolvers<void>()
  const { screen } = world.screener
  world.screener.screen = async consignments => {
    const answer = await screen(consignments)
    await screened.promise
    return answer
  }
  const keeping = world.keep()
  await new Promise(resolve => setImmediate(resolve))
  world.screener.screen = screen
  world.screener.known.push({ words: 'baton', notice: await world.arrive(1) })
  const running = world.run()
  screened.resolve()
  const id = await keeping
  await running
  expect(world.kept.find(id, ana)?.lane).toBe('red')
})

test('what one person keeps is counted at the write, in number and bytes, also after a restart; the others have their own', async () => {
  const bytes = Buffer.byteLength(JSON.stringify(hoses))
  const world = await office({ perPerson: 2, bytesPerPerson: 3 * bytes })
  const [first] = await Promise.all([world.keep(), world.keep()])
  await expect(world.keep()).rejects.toMatchObject({ code: 'quota-reached', details: { most: 2 } })
  expect(world.kept.roomOf(ana)).toEqual({
    consignments: 2,
    consignmentsMost: 2,
    bytes: 2 * bytes,
    bytesMost: 3 * bytes,
  })
  await world.keep(ben)
  await world.restart()
  await expect(world.keepMany(1)).rejects.toMatchObject({ code: 'quota-reached' })
  await world.kept.remove(first, ana)
  const large = { description: 'x'.repeat(3 * bytes) }
  await expect(world.keep(ana, large)).rejects.toMatchObject({
    code: 'quota-reached',
    details: { most: 3 * bytes },
  })
  await world.keep()
  world.clock.now += 4 * 86_400
  await world.kept.removeDue()
  expect(world.kept.roomOf(ana)).toMatchObject({ consignments: 0, bytes: 0 })
})

test('a consignment is its owner\u2019s alone, goes on its day, and no more are kept than there may be', async () => {
  const world = await office({ inAll: 2 })
  const [mine, other] = [await world.keep(), await world.keep(ben)]
  expect(world.kept.find(mine, ben)).toBeUndefined()
  await expect(world.kept.remove(mine, ben)).rejects.toMatchObject({ code: 'not-found' })
  await expect(world.kept.get(mine, ben)).rejects.toMatchObject({ code: 'not-found' })
  await expect(world.keep()).rejects.toMatchObject({ code: 'conflict' })
  await world.kept.remove(mine, ana)
  expect([world.kept.count, await world.kept.removeDue()]).toEqual([1, 0])
  world.clock.now += 4 * 86_400
  expect(world.kept.find(other, ben)).toBeUndefined()
  expect(await world.kept.removeDue()).toBe(1)
  expect(world.store.erasure.isUnfinished()).toBe(true)
  await world.restart()
  expect(world.kept.count).toBe(0)
})

test('lists are in order of keeping, page by page, and by lane', async () => {
  const world = await office()
  const ids: string[] = []
  for (let at = 0; at < 5; at++) ids.unshift(await world.keep())
  await world.keep(ben)
  const first = await world.kept.list(ana, { limit: 3 })
  expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 3))
  const rest = await world.kept.list(ana, { before: ids[2] ?? '', limit: 3 })
  expect(rest.map(({ id }) => id)).toEqual(ids.slice(3))
  expect(await world.kept.list(ana, { lane: 'red', limit: 3 })).toEqual([])
  expect(await world.kept.list(ana, { before: '~', limit: 9 })).toHaveLength(5)
})

test('no word of a notice is kept beside a consignment', async () => {
  const world = await office()
  world.screener.known.push({ words: 'baton' })
  const id = await world.keep()
  const held = JSON.stringify(world.store.consignments.find('ana', id))
  expect(held).toContain(sha256('baton'))
  expect(held).not.toMatch(/refusal|is in the description|reasons|summary/)
})

test('whoever is killed while it screens again goes on where it stood: nobody is left out, and nobody told twice', async () => {
  const world = await office()
  await world.keepMany(300)
  await world.run()
  await world.arrive(1)
  await world.store[Symbol.asyncDispose]()
  let kills = 0
  for (let isOver = false; !isOver; ) {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'rescreening-child.ts'), world.dir])
    const [code] = await once(child, 'close')
    if (code !== null) isOver = true
    else kills += 1
  }
  expect(kills).toBe(2)
  await world.restart()
  const told = world.told().map(({ id }) => id)
  expect(told).toHaveLength(300)
  expect(new Set(told).size).toBe(300)
})

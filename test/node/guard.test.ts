import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FocalpointError, type Frontier } from '#protocol'
import { type GuardOptions, SigningGuard } from '../../node/guard.ts'
import { type LastSigned, LastSignedFiles } from '../../node/last-signed.ts'
import { outcomeOf } from '../protocol/builders.ts'

const listenSeconds = 600

test('files that agree prove nothing: another member must have told how far it knows our log', async () => {
  const world = await newWorld({ log: ['a', 'b'], record: 2 })
  await world.guard.look()
  expect(world.state()).toBe('checking')
  expect(world.signing()).toBe('recovering')
  world.tell('QN', ['a', 'b'])
  await world.guard.look()
  expect(world.state()).toBe('ready')
  expect(world.signing()).toBe('signs')
})

test('whoever is alone in its channel asks nobody', async () => {
  const world = await newWorld({ log: ['a'], record: 1, others: [] })
  await world.guard.look()
  expect(world.state()).toBe('ready')
})

test('what was told before the start does not count', async () => {
  const world = await newWorld({
    log: ['a'],
    record: 1,
    tellFirst: world => world.tell('QN', ['a'], world.now - 1),
  })
  await world.guard.look()
  expect(world.state()).toBe('checking')
})

test.each([
  { what: 'there is no record', log: ['a'], record: undefined },
  { what: 'there is no record and no log', log: [], record: undefined },
  { what: 'the record is two places ahead', log: ['a'], record: 3 },
  { what: 'the database is two places ahead', log: ['a', 'b', 'c'], record: 1 },
  { what: 'the database is empty and the record is not', log: [], record: 2 },
  { what: 'both hold another notice at one place', log: ['a', 'x'], record: 2 },
  { what: 'the database is one place ahead on another branch', log: ['a', 'x', 'y'], record: 2 },
])('it recovers when $what', async ({ log, record }) => {
  const world = await newWorld({ log, record })
  expect(world.state()).toBe('recovering')
  expect(world.signing()).toBe('recovering')
})

test('a crash between the database and the record is mended at once', async () => {
  const world = await newWorld({ log: ['a', 'b', 'c'], record: 2 })
  expect(world.state()).toBe('checking')
  expect(await world.files.read('torture')).toMatchObject({ seq: 3, id: 'c' })
})

test('a record one place ahead is taken back into the database', async () => {
  const world = await newWorld({ log: ['a', 'b'], record: 3 })
  expect(world.state()).toBe('checking')
  expect(world.log).toEqual(['a', 'b', 'c'])
})

test('a record that does not follow the database is not taken back', async () => {
  const world = await newWorld({ log: ['a', 'b'], record: 3, takeBack: 'refused' })
  expect(world.state()).toBe('recovering')
  expect(world.log).toEqual(['a', 'b'])
})

test('when another member knows more, it asks for its own log, listens, and signs only then', async () => {
  const world = await newWorld({ log: ['a'], record: 1 })
  world.tell('QN', ['a', 'b', 'c'])
  await world.guard.look()
  expect(world.state()).toBe('recovering')
  expect(world.asked).toBeGreaterThan(0)
  await world.guard.look()
  world.now += 2 * listenSeconds
  await world.guard.look()
  expect(world.state()).toBe('recovering')
  world.log.push('b', 'c')
  world.tell('QN', ['a', 'b', 'c'])
  await world.guard.look()
  world.now += listenSeconds - 1
  await world.guard.look()
  expect(world.signing()).toBe('recovering')
  world.now += 1
  await world.guard.look()
  expect(world.signing()).toBe('signs')
  expect(await world.files.read('torture')).toMatchObject({ seq: 3, id: 'c' })
})

test('a recovering node wants to hear a third of the channel, at least one', async () => {
  const others = ['QN', 'XD', 'XE', 'XF']
  const world = await newWorld({ log: ['a'], record: undefined, others })
  world.tell('QN', ['a'])
  await world.guard.look()
  world.now += listenSeconds
  await world.guard.look()
  expect(world.state()).toBe('recovering')
  world.tell('XD', ['a'])
  await world.guard.look()
  world.now += listenSeconds
  await world.guard.look()
  expect(world.state()).toBe('ready')
})

test('a notice of its own that turns up while it listens starts the listening anew', async () => {
  const world = await newWorld({ log: ['a'], record: undefined })
  world.tell('QN', ['a'])
  await world.guard.look()
  world.now += listenSeconds - 1
  world.guard.seenOwnNotice({ channel: 'torture', seq: 2 })
  world.log.push('b')
  world.now += 1
  await world.guard.look()
  expect(world.state()).toBe('recovering')
  world.now += listenSeconds
  await world.guard.look()
  expect(world.state()).toBe('ready')
})

test.each([
  {
    what: 'a notice by its key that it does not hold',
    see: (world: World) => world.guard.seenOwnNotice({ channel: 'torture', seq: 9 }),
  },
  { what: 'that somebody knows more', see: (world: World) => world.tell('QN', ['a', 'b']) },
  { what: 'that somebody holds another notice at its head', see: (world: World) => world.tell('QN', ['x']) },
])('a node that signs stops when it sees $what', async ({ see }) => {
  const world = await newWorld({ log: ['a'], record: 1 })
  world.tell('QN', ['a'])
  await world.guard.look()
  expect(world.signing()).toBe('signs')
  see(world)
  await world.guard.look()
  expect(world.signing()).toBe('recovering')
})

test('a log that is forked stays stopped, whatever is told, also when the end of listening comes at that moment', async () => {
  const world = await newWorld({ log: ['a'], record: undefined })
  world.tell('QN', ['a'])
  await world.guard.look()
  world.now += listenSeconds
  const looking = world.guard.look()
  world.guard.stop('torture', 'forked')
  await looking
  expect(world.signing()).toBe('signing-stopped')
  await world.guard.look()
  world.guard.seenOwnNotice({ channel: 'torture', seq: 9 })
  expect(world.signing()).toBe('signing-stopped')
})

test('places that only the record knows of are not signed again, whoever is heard for however long', async () => {
  const world = await newWorld({ log: ['a'], record: 3, tellFirst: ({ tell }) => tell('QN', ['a']) })
  for (let look = 0; look < 3; look++) {
    world.now += listenSeconds + 1
    world.tell('QN', ['a'])
    await world.guard.look()
  }
  expect(world.state()).toBe('recovering')
  expect(world.asked).toBeGreaterThan(1)
  expect(await world.files.read('torture')).toMatchObject({ seq: 3 })
  world.log.push('b', 'c')
  await world.guard.look()
  world.now += listenSeconds + 1
  await world.guard.look()
  expect(world.signing()).toBe('signs')
})

test('places that the registry has made void are free again', async () => {
  const world = await newWorld({
    log: ['a'],
    record: 3,
    isVoid: true,
    tellFirst: ({ tell }) => tell('QN', ['a']),
  })
  await world.guard.look()
  world.now += listenSeconds + 1
  await world.guard.look()
  expect(world.signing()).toBe('signs')
  expect(await world.files.read('torture')).toMatchObject({ seq: 1 })
})

test('a channel that was not joined is never signed in', async () => {
  const world = await newWorld({ log: ['a'], record: 1 })
  expect(outcomeOf(() => world.guard.checkMaySign('capital'))).toBe('signing-stopped')
})

test('without the guard everything is signed: only for control runs', async () => {
  const world = await newWorld({ log: ['a'], record: undefined, unsafeNoGuard: true })
  expect(world.state()).toBe('recovering')
  expect(world.signing()).toBe('signs')
})

test('who listens says when it signs again, and who is silenced says why, whatever the others know', async () => {
  const world = await newWorld({ log: ['a'], record: undefined })
  expect(world.guard.signing('torture').reason).toContain('caught up')
  world.tell('QN', ['a'])
  await world.guard.look()
  // 1,800,000,000 is 08:00:00 UTC.
  expect(world.guard.signing('torture').reason).toContain('08:10:00 UTC')
  world.tell('QN', ['a', 'b'])
  await world.guard.look()
  expect(world.guard.signing('torture').reason).not.toContain('UTC')
  world.silenced = 'QM is suspended.'
  expect(world.guard.signing('torture')).toEqual({ state: 'stopped', reason: 'QM is suspended.' })
  expect(world.signing()).toBe('signing-stopped')
})

interface World {
  guard: SigningGuard
  files: LastSignedFiles
  /** Ids in the database, from place 1. */
  log: string[]
  now: number
  asked: number
  silenced: string | undefined
  tell: (member: string, log: readonly string[], at?: number) => void
  state: () => string
  signing: () => unknown
}

interface WorldPlan {
  log: readonly string[]
  /** The place of the record; its log is `a`, `b`, `c`. */
  record: number | undefined
  others?: readonly string[]
  takeBack?: 'refused'
  /** The registry has ended the key that signed the record. */
  isVoid?: boolean
  tellFirst?: (world: World) => void
  unsafeNoGuard?: boolean
}

/** A guard whose database and peers are lists; the record is a real file. */
async function newWorld({ log, record, others = ['QN'], tellFirst, ...plan }: WorldPlan): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-guard-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const files = new LastSignedFiles(folder)
  if (record !== undefined) await files.write('torture', recordOf(['a', 'b', 'c'].slice(0, record)))
  const told = new Map<string, { at: number; heads: Frontier[string] }>()
  const options: GuardOptions = {
    member: 'QM',
    channels: () => ['torture'],
    files,
    head: () => headOf(world.log),
    idAt: (_, seq) => world.log[seq - 1],
    record: () => recordOf(world.log),
    takeBack: async notice => {
      const channel = 'torture'
      if (plan.takeBack === 'refused')
        throw new FocalpointError('gap', 'of this test', { issuer: 'QM', channel, seq: 3, head: 2 })
      world.log.push(notice.replace('notice ', ''))
    },
    isVoid: () => plan.isVoid === true,
    others: () => others,
    told: member => told.get(member),
    askAround: () => {
      world.asked += 1
    },
    now: () => world.now,
    listenSeconds,
    silenced: () => world.silenced,
    unsafeNoGuard: plan.unsafeNoGuard ?? false,
  }
  const world: World = {
    guard: new SigningGuard(options),
    files,
    log: [...log],
    now: 1_800_000_000,
    asked: 0,
    silenced: undefined,
    tell(member, of, at = world.now) {
      const head = headOf(of)
      told.set(member, { at, heads: head === undefined ? {} : { QM: [head.seq, head.id] } })
    },
    state: () => world.guard.signing('torture').state,
    signing: () => outcomeOf(() => world.guard.checkMaySign('torture')) ?? 'signs',
  }
  tellFirst?.(world)
  await world.guard.open()
  return world
}

function headOf(log: readonly string[]): { seq: number; id: string } | undefined {
  const id = log.at(-1)
  return id === undefined ? undefined : { seq: log.length, id }
}

function recordOf(log: readonly string[]): LastSigned {
  const head = headOf(log)
  return head === undefined ? { seq: 0, id: null, notice: null } : { ...head, notice: `notice ${head.id}` }
}

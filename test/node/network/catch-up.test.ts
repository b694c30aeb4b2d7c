import type { Stream } from '@libp2p/interface'
import { expect, it } from 'vitest'
import { FocalpointError, type Frame, limits, pagesOf, syncProtocolOf } from '#protocol'
import { readFrames, writeFrames } from '../../../node/network/frames.ts'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, gateOf, Logs, logsWith, noticeText, serveOf } from './alliance.ts'

const idleMs = 5_000
const hello: Frame = { frame: 'hello', v: 1, root: 1, members: 1 }

it('brings all notices in the order of their log', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM', { logs: logsWith(2_000) })
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  await eventually(() => expect(b.logs.log('torture', 'QN')).toHaveLength(2_000))
  expect(b.logs.log('torture', 'QN')).toEqual(a.logs.log('torture', 'QN'))
  expect(a.logs.given).toBe(2_000)
})

it('tells the one who gave that it is held now, and the one who took what the other holds', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM', { logs: logsWith(10, { issuer: 'QM' }) })
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  const told = a.network.holders.changed()
  await eventually(() => expect(a.network.holders.holds('QN', 'torture', 'QM', 10)).toBe(true))
  await told
  expect(a.network.holders.frontiersSeen('torture')).toBe(1)
  expect(b.network.holders.countHolding({ channel: 'torture', issuer: 'QM', seq: 10 })).toBe(1)
  expect(a.network.peers()).toMatchObject([{ member: 'QN', behind: 0, status: 'up to date' }])
})

it('asks one member no more than twice a second, however often it is told that there is more', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM')
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  await eventually(() => expect(a.network.holders.frontiersSeen('torture')).toBe(1))
  const startedAt = performance.now()
  for (let round = 0; round < 23; round += 1) await b.network.catchUp('gap', 'QM')
  expect(performance.now() - startedAt).toBeGreaterThan(900)
})

it('does not read ahead of a slow gate', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const giver = logsWith(20_000)
  const logs = new Logs()
  const inner = gateOf(logs)
  let mostAhead = 0
  let pages = 0
  let gone: Promise<unknown> = Promise.resolve()
  const judged = async (...[texts, by]: Parameters<typeof inner.page>) => {
    pages += 1
    if (pages <= 3) {
      await standstill(() => giver.given)
      mostAhead = Math.max(mostAhead, giver.given - logs.log('torture', 'QN').length)
    }
    return inner.page(texts, by)
  }
  const gate: typeof inner = {
    ...inner,
    page: (texts, by) => {
      const result = gone.then(() => judged(texts, by))
      gone = result
      return result
    },
  }
  const a = await alliance.open('QM', { logs: giver })
  const b = await alliance.open('QN', { logs, gate, peers: a.network.addresses() })
  await eventually(() => expect(logs.log('torture', 'QN')).toHaveLength(20_000))
  expect(b.counts.get('catch_up_failures')).toBeUndefined()
  expect(mostAhead * 1_400).toBeLessThan(2.5 * 1024 * 1024)
  expect(mostAhead * 1_400).toBeGreaterThan(limits.syncInFlightBytes / 8)
})

it('goes on from where it was cut, however often', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const giver = logsWith(600)
  const asked: number[] = []
  const hostile = await alliance.openHostile('QN')
  await hostile.handle(syncProtocolOf(alliance.net), stream =>
    quietly(async () => {
      const { frontier } = await readAsk(stream)
      asked.push(frontier.torture?.QN?.[0] ?? 0)
      const [page] = pagesOf([...giver.after(frontier, ['torture'])].slice(0, 50))
      await writeFrames(stream, [hello, ...(page ? [page] : [])], { idleMs })
    }),
  )
  const a = await alliance.open('QM', { peers: addressesOf(hostile) })
  await eventually(() => expect(a.logs.log('torture', 'QN')).toEqual(giver.log('torture', 'QN')))
  expect(asked.slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, index) => index * 50))
})

it('keeps what was durable when a stream is reset in the middle of a frame', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const giver = logsWith(100)
  let streams = 0
  const hostile = await alliance.openHostile('QN')
  await hostile.handle(syncProtocolOf(alliance.net), stream =>
    quietly(async () => {
      streams += 1
      const { frontier } = await readAsk(stream)
      const pages = [...pagesOf(giver.after(frontier, ['torture']))]
      if (streams > 1) await writeFrames(stream, [hello, ...pages, { frame: 'end' }], { idleMs })
      else {
        const [page] = pagesOf([...giver.after(frontier, ['torture'])].slice(0, 40))
        await writeFrames(stream, page ? [hello, page] : [hello], { idleMs: 1 }).catch(() => {})
        stream.abort(new Error('cut'))
      }
    }),
  )
  const a = await alliance.open('QM', { peers: addressesOf(hostile) })
  await eventually(() => expect(a.logs.log('torture', 'QN')).toHaveLength(100))
  expect(a.counts.get('catch_up_failures')).toBeGreaterThan(0)
})

it('ends the stream at a notice of a channel that was not asked for', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN', ['torture', 'capital'])
  const hostile = await alliance.openHostile('QN')
  const secret = noticeText('capital', 'QN', 1)
  let isReset = false
  await hostile.handle(syncProtocolOf(alliance.net), stream =>
    quietly(async () => {
      stream.addEventListener('close', event => {
        isReset = event.error !== undefined
      })
      await readAsk(stream)
      await writeFrames(stream, [hello, { frame: 'page', notices: [secret] }], { idleMs })
    }),
  )
  const a = await alliance.open('QM', { peers: addressesOf(hostile) })
  await eventually(() => expect(isReset).toBe(true))
  expect(a.counts.get('catch_up_failures')).toBeGreaterThan(0)
  expect([...a.logs.texts.values()].flat()).not.toContain(secret)
})

it('ends the stream at a frontier of a channel that was not asked for', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN', ['torture', 'capital'])
  const hostile = await alliance.openHostile('QN')
  await hostile.handle(syncProtocolOf(alliance.net), stream =>
    quietly(async () => {
      await readAsk(stream)
      await writeFrames(stream, [hello, { frame: 'frontier', frontier: { capital: {} } }, { frame: 'end' }], {
        idleMs,
      })
    }),
  )
  const a = await alliance.open('QM', { peers: addressesOf(hostile) })
  await eventually(() => expect(a.counts.get('catch_up_failures')).toBeGreaterThan(0))
  expect(a.network.holders.frontiersSeen('capital')).toBe(0)
})

it('gives nothing of a channel to a member that has not joined it, and says why', async () => {
  await using alliance = new Alliance()
  await alliance.add('QM', ['torture', 'capital'])
  const logs = logsWith(3, { channel: 'capital', issuer: 'QM' })
  const a = await alliance.open('QM', { logs, channels: ['torture', 'capital'] })
  const frames = await askAs(alliance, 'QN', a.network.addresses(), [
    hello,
    { frame: 'ask', frontier: { torture: {}, capital: {} }, want: [] },
  ])
  expect(frames.map(({ frame }) => frame)).toEqual(['hello', 'error'])
  expect(frames.at(-1)).toMatchObject({ code: 'channel-not-joined' })
  expect(logs.given).toBe(0)
})

it('stops giving a channel to a member that leaves it meanwhile', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN', ['torture', 'capital'])
  const logs = new Logs()
  const served = logsWith(400, { channel: 'capital', issuer: 'QM' })
  function* notices() {
    for (const [index, text] of served.log('capital', 'QM').entries()) {
      if (index === 300) alliance.joined.get('QN')?.delete('capital')
      yield text
    }
  }
  const serve = { ...serveOf(new Logs()), notices }
  const a = await alliance.open('QM', { logs, serve, channels: ['torture', 'capital'] })
  const frames = await askAs(alliance, 'QN', a.network.addresses(), [
    hello,
    { frame: 'ask', frontier: { capital: {} }, want: [] },
  ])
  expect(frames.at(-1)).toMatchObject({ frame: 'error', code: 'channel-not-joined' })
  expect(frames.flatMap(frame => (frame.frame === 'page' ? frame.notices : [])).length).toBeLessThan(400)
})

it('hands the authenticated reader, the asked channels and the wanted ids to the store', async () => {
  await using alliance = new Alliance()
  const asks: unknown[] = []
  const notices = (ask: unknown) => {
    asks.push(ask)
    return []
  }
  const serve = { ...serveOf(new Logs()), notices }
  const a = await alliance.open('QM', { serve })
  const want = ['A'.repeat(43)]
  await askAs(alliance, 'QN', a.network.addresses(), [
    hello,
    { frame: 'ask', frontier: { torture: {} }, want },
  ])
  expect(asks).toEqual([{ frontier: { torture: {} }, want, channels: ['torture'], reader: 'QN' }])
})

it('tells by an error frame what is wrong with a frame, and nothing of what fails inside', async () => {
  await using alliance = new Alliance()
  const notices = (): string[] => {
    throw new Error('secret path')
  }
  const serve = { ...serveOf(new Logs()), notices }
  const a = await alliance.open('QM', { serve })
  const inside = await askAs(alliance, 'QN', a.network.addresses(), [
    hello,
    { frame: 'ask', frontier: { torture: {} }, want: [] },
  ])
  expect(inside.at(-1)).toMatchObject({ frame: 'error', code: 'internal' })
  expect(JSON.stringify(inside)).not.toContain('secret')
  const wrong = await askAs(alliance, 'XD', a.network.addresses(), [{ frame: 'end' }])
  expect(wrong).toMatchObject([{ frame: 'error', code: 'frame-malformed' }])
})

it('answers many requests for one member with the round that runs and one more', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM')
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  await eventually(() => expect(a.network.holders.frontiersSeen('torture')).toBe(1))
  await eventually(() => expect(b.network.holders.frontiersSeen('torture')).toBe(1))
  const before = b.counts.get('catch_up_rounds') ?? 0
  await Promise.all(Array.from({ length: 50 }, () => b.network.catchUp('test', 'QM')))
  expect((b.counts.get('catch_up_rounds') ?? 0) - before).toBe(2)
})

it('frees itself of a member that answers nothing', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const hostile = await alliance.openHostile('QN')
  await hostile.handle(syncProtocolOf(alliance.net), () => {})
  const a = await alliance.open('QM', { peers: addressesOf(hostile), streamIdleMs: 200 })
  await eventually(() => expect(a.counts.get('catch_up_failures')).toBeGreaterThan(1))
})

async function askAs(alliance: Alliance, id: string, addresses: string[], frames: Frame[]): Promise<Frame[]> {
  const asker = await alliance.openHostile(id)
  const { multiaddr } = await import('@multiformats/multiaddr')
  const connection = await asker.dial(addresses.map(address => multiaddr(address)))
  const stream = await connection.newStream(syncProtocolOf(alliance.net))
  await writeFrames(stream, frames, { idleMs })
  const answer: Frame[] = []
  for await (const frame of readFrames(stream, { idleMs })) answer.push(frame)
  return answer
}

async function readAsk(stream: Stream): Promise<Extract<Frame, { frame: 'ask' }>> {
  for await (const frame of readFrames(stream, { idleMs })) if (frame.frame === 'ask') return frame
  throw new FocalpointError('frame-malformed', 'Nothing was asked.', { what: 'nothing asked' })
}

/** What a hostile node meets at its own end is not the test's matter. */
async function quietly(task: () => Promise<void>): Promise<void> {
  await task().catch(() => {})
}

/** Resolves when a count no longer moves. */
async function standstill(count: () => number): Promise<void> {
  let last = -1
  const stands = () => {
    const now = count()
    const moved = now !== last
    last = now
    expect(moved).toBe(false)
  }
  await eventually(stands, { everyMs: 100 })
}

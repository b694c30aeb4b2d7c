import { expect, it } from 'vitest'
import { RegistryNews } from '../../../node/network/registry-news.ts'
import { eventually } from '../../eventually.ts'
import { Alliance, gateOf, Logs, logsWith } from './alliance.ts'

it('takes newer registry documents before the first notice', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const text = 'members document '.repeat(40_000)
  const a = await alliance.open('QM', { logs: logsWith(3) })
  a.registry.documents.push({ kind: 'root', version: 2, text: 'root' }, { kind: 'members', version: 9, text })
  const logs = new Logs()
  const inner = gateOf(logs)
  const adoptedAtFirstPage: number[] = []
  const gate: typeof inner = {
    ...inner,
    page: (texts, by) => {
      adoptedAtFirstPage.push(b.registry.adopted.length)
      return inner.page(texts, by)
    },
  }
  const b = await alliance.open('QN', { logs, gate, peers: a.network.addresses() })
  await eventually(() => expect(logs.log('torture', 'QN')).toHaveLength(3))
  expect(adoptedAtFirstPage[0]).toBe(2)
  expect(b.registry.adopted).toEqual(a.registry.documents)
})

it('learns of newer registry documents from an announcement', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM')
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  await eventually(() => expect(a.network.holders.frontiersSeen('torture')).toBe(1))
  a.registry.documents.push({ kind: 'members', version: 7, text: 'seven' })
  await eventually(async () => {
    await a.network.announceRegistry()
    expect(b.registry.adopted).toHaveLength(1)
  })
})

it('takes the notices also of a member whose documents it refuses', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM', { logs: logsWith(3) })
  a.registry.documents.push({ kind: 'members', version: 9, text: 'forged' })
  const b = await alliance.open('QN', { peers: [] })
  b.registry.refuses = true
  await b.network.addPeers(a.network.addresses())
  await eventually(() => expect(b.logs.log('torture', 'QN')).toHaveLength(3))
  expect(b.counts.get('registry_refused')).toBeGreaterThan(0)
})

it('asks at once for a document beside ours, and remembers whose it was', async () => {
  const asked: string[] = []
  const news: RegistryNews = new RegistryNews({
    registry: {
      memberOf: () => undefined,
      peersOf: () => [],
      joined: () => true,
      activeMembers: () => [],
      versions: () => ({ root: 1, members: 2, hash: 'ours' }),
      documentsAfter: () => [],
      adopt: async () => {},
      nodeKeyOf: async () => undefined,
    },
    publish: async () => 0,
    connected: () => ['QN', 'XD', 'XE'],
    catchUp: async (_, member) => {
      asked.push(member)
      news.heard({ root: 1, members: 2, hash: member === 'XD' ? 'other' : 'ours' }, member)
    },
    log: { info: () => {}, warn: () => {}, debug: () => {} },
    count: () => {},
    signal: AbortSignal.timeout(20_000),
  })
  const announcement = JSON.stringify({ root: 1, members: 2, hash: 'other' })
  expect(await news.judge(announcement, 'QN')).toBe('accept')
  await eventually(() => expect(asked).toEqual(['QN', 'XD']))
  expect(await news.judge(announcement, 'XE')).toBe('accept')
  news.heard({ root: 1, members: 2, hash: 'third' }, 'XE')
  await eventually(() => expect(asked.slice(0, 3)).toEqual(['QN', 'XD', 'XE']))
})

it('takes only so many announcements of one member, and asks it less often when there is nothing', async () => {
  let asked = 0
  const { promise: fetching, resolve } = Promise.withResolvers<void>()
  const signal = AbortSignal.timeout(20_000)
  const news = new RegistryNews({
    registry: {
      memberOf: () => undefined,
      peersOf: () => [],
      joined: () => true,
      activeMembers: () => [],
      versions: () => ({ root: 1, members: 1, hash: 'ours' }),
      documentsAfter: () => [],
      adopt: async () => {},
      nodeKeyOf: async () => undefined,
    },
    publish: async () => 0,
    connected: () => [],
    catchUp: async () => {
      asked += 1
      await fetching
    },
    log: { info: () => {}, warn: () => {}, debug: () => {} },
    count: () => {},
    signal,
  })
  const announced = async (from: string) => {
    const texts = Array.from({ length: 30 }, (_, at) => JSON.stringify({ root: 1, members: 2 + at }))
    return Promise.all(texts.map(text => news.judge(text, from)))
  }
  expect((await announced('QN')).filter(verdict => verdict === 'too-much').length).toBeGreaterThan(5)
  expect(await news.judge(JSON.stringify({ root: 1, members: 2 }), 'XD')).toBe('accept')
  expect(asked).toBe(1)
  resolve()
})

import { expect, it, vi } from 'vitest'
import { Alliance, logsWith, patience } from './alliance.ts'

it('says of a member that removed us that it refuses us, not that it is up to date', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN', 'XD', 'XE']) await alliance.add(id)
  const memberOf = alliance.memberOf.bind(alliance)
  const others = await Promise.all(['QM', 'QN', 'XE'].map(id => alliance.open(id, { logs: logsWith(1) })))
  const peers = others.flatMap(({ network }) => network.addresses())
  const removed = await alliance.open('XD', { peers, logs: logsWith(1) })
  await vi.waitFor(() => {
    expect(removed.network.peers().map(({ status }) => status)).toEqual(Array(3).fill('up to date'))
  }, patience)
  const gone = alliance.members.get('XD')?.peerId
  alliance.memberOf = peerId => (peerId === gone ? undefined : memberOf(peerId))
  for (const { network } of others) await network.onRegistryChanged()
  await vi.waitFor(() => {
    expect(removed.network.peers().map(({ status, connected }) => [status, connected])).toEqual(
      Array(3).fill(['refusing us', false]),
    )
  }, patience)
}, 20_000)

it('says of a member that refused us and then went away that it is not heard', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const hostile = await alliance.openHostile('QN')
  hostile.addEventListener('connection:open', ({ detail }) => detail.abort(new Error('not you')))
  const a = await alliance.open('QM', { peers: hostile.getMultiaddrs().map(String) })
  await vi.waitFor(() => expect(a.network.peers()).toMatchObject([{ status: 'refusing us' }]), patience)
  await hostile.stop()
  await vi.waitFor(() => expect(a.network.peers()).toMatchObject([{ status: 'not heard' }]), patience)
}, 20_000)

it('says of a member that went away that it is not heard, soon where nobody else is there', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  let now = 1_800_000_000
  const a = await alliance.open('QM', { now: () => now, logs: logsWith(1) })
  const b = await alliance.open('QN', { peers: a.network.addresses(), logs: logsWith(1) })
  await vi.waitFor(() => expect(a.network.peers()).toMatchObject([{ status: 'up to date' }]), patience)
  await b[Symbol.asyncDispose]()
  await vi.waitFor(() => expect(a.network.peers()).toMatchObject([{ connected: false }]), patience)
  expect(a.network.peers()[0]?.status).not.toBe('not heard')
  now += 11
  expect(a.network.peers()).toMatchObject([{ status: 'not heard' }])
}, 20_000)

it('forgets what went wrong with a member once a round with it went well', async () => {
  await using alliance = new Alliance()
  const { peerId } = await alliance.add('QN')
  const a = await alliance.open('QM', { peers: [`/ip4/127.0.0.1/tcp/9/p2p/${peerId}`] })
  await vi.waitFor(() => expect(a.network.peers()[0]?.lastError).toBeDefined(), patience)
  await alliance.open('QN', { peers: a.network.addresses() })
  await vi.waitFor(() => {
    expect(a.network.peers()).toMatchObject([{ connected: true, lastError: undefined }])
  }, patience)
}, 20_000)

it('does not take a member for behind that has just issued', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM', { logs: logsWith(1) })
  await alliance.open('QN', { peers: a.network.addresses(), logs: logsWith(1) })
  await vi.waitFor(() => expect(a.network.holders.frontiersSeen('torture')).toBe(1), patience)
  a.logs.add(logsWith(2).log('torture', 'QN')[1] ?? '')
  expect(a.network.peers()).toMatchObject([{ member: 'QN', status: 'up to date', behind: 0 }])
}, 20_000)

import { expect, it } from 'vitest'
import { eventually } from '../../eventually.ts'
import { Alliance, logsWith } from './alliance.ts'

it('says of a member that removed us that it refuses us, not that it is up to date', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN', 'XD', 'XE']) await alliance.add(id)
  const memberOf = alliance.memberOf.bind(alliance)
  const others = await Promise.all(['QM', 'QN', 'XE'].map(id => alliance.open(id, { logs: logsWith(1) })))
  const peers = others.flatMap(({ network }) => network.addresses())
  const removed = await alliance.open('XD', { peers, logs: logsWith(1) })
  await eventually(() => {
    expect(removed.network.peers().map(({ status }) => status)).toEqual(Array(3).fill('up to date'))
  })
  const gone = alliance.members.get('XD')?.peerId
  alliance.memberOf = peerId => (peerId === gone ? undefined : memberOf(peerId))
  for (const { network } of others) await network.onRegistryChanged()
  await eventually(() => {
    expect(removed.network.peers().map(({ status, connected }) => [status, connected])).toEqual(
      Array(3).fill(['refusing us', false]),
    )
  })
})

it('says of a member that refused us and then went away that it is not heard', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const hostile = await alliance.openHostile('QN')
  hostile.addEventListener('connection:open', ({ detail }) => detail.abort(new Error('not you')))
  const a = await alliance.open('QM', { peers: hostile.getMultiaddrs().map(String) })
  await eventually(() => expect(a.network.peers()).toMatchObject([{ status: 'refusing us' }]))
  await hostile.stop()
  await eventually(() => expect(a.network.peers()).toMatchObject([{ status: 'not heard' }]))
})

it('says of a member that went away that it is not heard, soon where nobody else is there', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  let now = 1_800_000_000
  const a = await alliance.open('QM', { now: () => now, logs: logsWith(1) })
  const b = await alliance.open('QN', { peers: a.network.addresses(), logs: logsWith(1) })
  await eventually(() => expect(a.network.peers()).toMatchObject([{ status: 'up to date' }]))
  await b[Symbol.asyncDispose]()
  await eventually(() => expect(a.network.peers()).toMatchObject([{ connected: false }]))
  expect(a.network.peers()[0]?.status).not.toBe('not heard')
  now += 11
  expect(a.network.peers()).toMatchObject([{ status: 'not heard' }])
})

it('forgets what went wrong with a member once a round with it went well', async () => {
  await using alliance = new Alliance()
  const { peerId } = await alliance.add('QN')
  const a = await alliance.open('QM', { peers: [`/ip4/127.0.0.1/tcp/9/p2p/${peerId}`] })
  await eventually(() => expect(a.network.peers()[0]?.lastError).toBeDefined())
  await alliance.open('QN', { peers: a.network.addresses() })
  await eventually(() => {
    expect(a.network.peers()).toMatchObject([{ connected: true, lastError: undefined }])
  })
})

it('does not take a member for behind that has just issued', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const a = await alliance.open('QM', { logs: logsWith(1) })
  await alliance.open('QN', { peers: a.network.addresses(), logs: logsWith(1) })
  await eventually(() => expect(a.network.holders.frontiersSeen('torture')).toBe(1))
  a.logs.add(logsWith(2).log('torture', 'QN')[1] ?? '')
  expect(a.network.peers()).toMatchObject([{ member: 'QN', status: 'up to date', behind: 0 }])
})

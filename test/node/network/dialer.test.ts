import { expect, it } from 'vitest'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, connectedTo, logsWith } from './alliance.ts'

it('finds back to members after a restart, and catches up', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN', 'XD']) await alliance.add(id)
  const a = await alliance.open('QM', { logs: logsWith(50) })
  const before = await alliance.open('XD', { peers: a.network.addresses() })
  await eventually(() => expect(before.logs.log('torture', 'QN')).toHaveLength(50))
  await before[Symbol.asyncDispose]()
  await eventually(() => expect(connectedTo(a)).toEqual([]))
  const after = await alliance.open('XD', { peers: a.network.addresses() })
  await eventually(() => expect(after.logs.log('torture', 'QN')).toHaveLength(50))
})

it('keeps to its degree, neighbours first, and dials by the addresses of the registry', async () => {
  await using alliance = new Alliance()
  const ids = Array.from({ length: 7 }, (_, index) => `DEMO${index + 10}`)
  for (const id of ids) await alliance.add(id)
  const opened = await Promise.all(ids.map(id => alliance.open(id, { degree: 2 })))
  for (const { id, network } of opened) alliance.addresses.set(id, network.addresses())
  await eventually(() => {
    for (const [index, member] of opened.entries()) {
      const neighbours = [ids.at(index - 1), ids.at((index + 1) % ids.length)]
      expect(connectedTo(member)).toEqual(neighbours.sort())
    }
  })
})

it('takes others where a neighbour cannot be reached', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN', 'XD', 'XE', 'XF']) await alliance.add(id)
  const far = await alliance.open('XE')
  alliance.addresses.set('XE', far.network.addresses())
  const a = await alliance.open('QM', { degree: 1 })
  await eventually(() => expect(connectedTo(a)).toEqual(['XE']))
})

it('says of a node that hangs up at once that it is refusing us', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  const hostile = await alliance.openHostile('QN')
  hostile.addEventListener('connection:open', ({ detail }) => detail.abort(new Error('not you')))
  const a = await alliance.open('QM', { peers: addressesOf(hostile) })
  await eventually(() => expect(a.network.peers()).toMatchObject([{ status: 'refusing us' }]))
})

it('says of a node that was never there that it is not heard, and why', async () => {
  await using alliance = new Alliance()
  const { peerId } = await alliance.add('QN')
  const a = await alliance.open('QM', { peers: [`/ip4/127.0.0.1/tcp/9/p2p/${peerId}`] })
  await eventually(() => expect(a.network.peers()[0]?.lastError).toBeDefined())
  expect(a.network.peers()).toMatchObject([
    { member: 'QN', status: 'not heard', connected: false, behind: undefined },
  ])
})

it('passes over an address in the registry that is none, and refuses to be given one', async () => {
  await using alliance = new Alliance()
  await alliance.add('QN')
  alliance.addresses.set('QN', ['somewhere'])
  const a = await alliance.open('QM')
  expect(await a.network.poke('QN')).toBe(false)
  for (const address of ['somewhere', '/ip4/127.0.0.1/tcp/9']) {
    await expect(a.network.addPeers([address])).rejects.toMatchObject({ code: 'config-invalid' })
  }
})

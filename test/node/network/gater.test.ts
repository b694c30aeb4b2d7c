import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, connectedTo } from './alliance.ts'

it('lets no stranger in', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN']) await alliance.add(id)
  const a = await alliance.open('QM')
  const stranger = await alliance.openHostile('XD')
  alliance.members.delete('XD')
  const { multiaddr } = await import('@multiformats/multiaddr')
  const connection = await stranger.dial(multiaddr(a.network.addresses()[0] ?? '')).catch(() => undefined)
  // The dial may succeed at the stranger's end: what counts is that the connection does not live.
  await eventually(() => expect(connection?.status ?? 'closed').not.toBe('open'))
  expect(connectedTo(a)).toEqual([])
})

it('ends the oldest of too many that do not say who they are, so that a member still comes in', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN']) await alliance.add(id)
  const a = await alliance.open('QM')
  const port = Number(/\/tcp\/(\d+)/.exec(a.network.addresses()[0] ?? '')?.[1])
  const silent = Array.from({ length: 250 }, () => connect(port, '127.0.0.1').on('error', () => {}))
  const borne = () => silent.filter(({ readyState }) => readyState === 'open')
  await eventually(() => {
    expect(silent.some(({ readyState }) => readyState === 'opening')).toBe(false)
    expect(borne().length).toBeLessThanOrEqual(64)
  })
  expect(borne().length).toBeGreaterThan(0)
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  await eventually(() => expect(connectedTo(b)).toEqual(['QM']))
  for (const socket of silent) socket.destroy()
})

it('does not dial a stranger', async () => {
  await using alliance = new Alliance()
  const a = await alliance.open('QM')
  const stranger = await alliance.openHostile('XD')
  alliance.members.delete('XD')
  await a.network.addPeers(addressesOf(stranger))
  expect(await a.network.poke('XD')).toBe(false)
  expect(stranger.getConnections()).toEqual([])
})

it('hangs up on a member that was removed', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN', 'XD']) await alliance.add(id)
  const a = await alliance.open('QM')
  const b = await alliance.open('QN', { peers: a.network.addresses() })
  const c = await alliance.open('XD', { peers: a.network.addresses() })
  await eventually(() => {
    expect(connectedTo(a)).toEqual(['QN', 'XD'])
    expect(a.network.holders.frontiersSeen('torture')).toBe(2)
  })
  alliance.removed.add('XD')
  await a.network.onRegistryChanged()
  await eventually(() => expect(connectedTo(a)).toEqual(['QN']))
  expect(a.network.peers()).toMatchObject([{ member: 'QN' }, { member: 'XD', status: 'suspended' }])
  await eventually(() => expect(connectedTo(c)).not.toContain('QM'))
  expect(connectedTo(b)).toContain('QM')
})

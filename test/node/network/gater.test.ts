import { expect, it, vi } from 'vitest'
import { Alliance, addressesOf, connectedTo, patience } from './alliance.ts'

it('lets no stranger in', async () => {
  await using alliance = new Alliance()
  for (const id of ['QM', 'QN']) await alliance.add(id)
  const a = await alliance.open('QM')
  const stranger = await alliance.openHostile('XD')
  alliance.members.delete('XD')
  const { multiaddr } = await import('@multiformats/multiaddr')
  const connection = await stranger.dial(multiaddr(a.network.addresses()[0] ?? '')).catch(() => undefined)
  // The dial may succeed at the stranger's end: what counts is that the connection does not live.
  await vi.waitFor(() => expect(connection?.status ?? 'closed').not.toBe('open'), patience)
  expect(connectedTo(a)).toEqual([])
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
  await vi.waitFor(() => {
    expect(connectedTo(a)).toEqual(['QN', 'XD'])
    expect(a.network.holders.frontiersSeen('torture')).toBe(2)
  }, patience)
  alliance.removed.add('XD')
  await a.network.onRegistryChanged()
  await vi.waitFor(() => expect(connectedTo(a)).toEqual(['QN']), patience)
  expect(a.network.peers()).toMatchObject([{ member: 'QN' }, { member: 'XD', status: 'suspended' }])
  await vi.waitFor(() => expect(connectedTo(c)).not.toContain('QM'), patience)
  expect(connectedTo(b)).toContain('QM')
}, 20_000)

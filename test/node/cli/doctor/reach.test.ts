import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openTrust } from '#protocol'
import { checkPort, checkReach } from '../../../../node/cli/doctor/reach.ts'
import { configOf } from '../../../../node/config.ts'
import { makeAlliance } from '../../../../scripts/alliance.ts'
import { demonstrationPlan } from '../../../../scripts/example-alliance.ts'

test("each member's addresses are tried, and who does not answer is named with the node's own word", async () => {
  const [open, closed] = [await listening(), await freePort()]
  const addrs = { QN: [`/ip4/127.0.0.1/tcp/${open}`], XD: [`/ip4/127.0.0.1/tcp/${closed}`], XE: [] }
  const { trust } = await makeAlliance({ ...demonstrationPlan, addrs })
  const errors = new Map([['XD', 'connect ECONNREFUSED']])
  const findings = await checkReach(await openTrust(trust), { member: 'QM', errors })
  expect(findings).toMatchObject([
    { state: 'ok', what: expect.stringContaining('1 of 2') },
    { state: 'warning', what: expect.stringMatching(/^XD .*ECONNREFUSED/) },
  ])
})

test('that nobody can be reached is wrong, that nobody has an address is not', async () => {
  const closed = await freePort()
  const { trust } = await makeAlliance({
    ...demonstrationPlan,
    addrs: { QN: [`/ip4/127.0.0.1/tcp/${closed}`] },
  })
  const registry = await openTrust(trust)
  expect(await checkReach(registry, { member: 'QM', errors: new Map() })).toMatchObject([{ state: 'wrong' }])
  expect(await checkReach(registry, { member: 'QN', errors: new Map() })).toMatchObject([{ state: 'ok' }])
})

test.each([
  { isHeld: true, isRunning: true, state: 'ok' },
  { isHeld: false, isRunning: true, state: 'wrong' },
  { isHeld: true, isRunning: false, state: 'wrong' },
  { isHeld: false, isRunning: false, state: 'ok' },
])('a port held: $isHeld, while a node runs: $isRunning, is $state', async ({ isHeld, isRunning, state }) => {
  const port = isHeld ? await listening() : await freePort()
  const config = configOf({ member: 'QM', network: { listen: [`/ip4/0.0.0.0/tcp/${port}`] } })
  expect(await checkPort(config, { isRunning })).toMatchObject([{ state }])
})

async function listening(): Promise<number> {
  const server = createServer(socket => socket.destroy()).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return portOf(server)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}

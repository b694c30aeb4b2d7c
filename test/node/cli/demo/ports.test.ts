import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { portsFrom } from '../../../../node/cli/demo/ports.ts'

async function openBusyPort(): Promise<AsyncDisposable & { port: number }> {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

test('ports end where there are no more', async () => {
  await expect(portsFrom({ base: 65_535, count: 2, exact: true })).rejects.toMatchObject({ code: 'usage' })
})

test('a busy port is passed over, unless that very port was asked for', async () => {
  await using busy = await openBusyPort()
  const ports = await portsFrom({ base: busy.port, count: 2, exact: false })
  expect(ports).toHaveLength(2)
  expect(ports).not.toContain(busy.port)
  await expect(portsFrom({ base: busy.port, count: 2, exact: true })).rejects.toMatchObject({
    code: 'port-busy',
  })
})

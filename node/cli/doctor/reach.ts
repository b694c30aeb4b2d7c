import { connect } from 'node:net'
import type { Registry } from '#protocol'
import type { Config } from '../../config.ts'
import { type Finding, ok, warning, wrong } from './finding.ts'

/** A machine that does not answer within this is not reached. */
const connectMs = 3000

interface Address {
  host: string
  port: number
}

/** The port for other nodes: held by the running node, or free for it. */
export async function checkPort(config: Config, { isRunning }: { isRunning: boolean }): Promise<Finding[]> {
  const addresses = config.network.listen
    .flatMap(text => addressIn(text) ?? [])
    .filter(({ port }) => port > 0)
  return Promise.all(
    addresses.map(async ({ host, port }) => {
      const isHeld = await answers({ host: isEverywhere(host) ? '127.0.0.1' : host, port })
      const name = `${host} port ${port}`
      if (isRunning && isHeld) return ok('port', `the node listens on ${name} for other nodes`)
      if (isRunning)
        return wrong(
          'port',
          `Nothing listens on ${name}.`,
          'Compare network.listen with how the node was started.',
        )
      if (isHeld)
        return wrong(
          'port',
          `Something else listens on ${name}.`,
          'Stop it, or choose another port in network.listen.',
        )
      return ok('port', `${name} is free for the node`)
    }),
  )
}

/** Plain TCP to each member's addresses: it shows what a firewall lets through, and not who answers. */
export async function checkReach(
  registry: Registry,
  { member, errors }: { member: string; errors: ReadonlyMap<string, string> },
): Promise<Finding[]> {
  const others = registry.members.members.filter(({ id, status }) => id !== member && status === 'active')
  const tried = await Promise.all(
    others.map(async ({ id, nodes }) => {
      const addresses = nodes.flatMap(({ addrs }) => addrs).flatMap(text => addressIn(text) ?? [])
      const answered = await Promise.all(addresses.map(answers))
      return { id, addresses, isReached: answered.includes(true) }
    }),
  )
  const listed = tried.filter(({ addresses }) => addresses.length > 0)
  const missed = listed.filter(({ isReached }) => !isReached)
  if (listed.length === 0) return [ok('reach', 'no other member has an address in the registry')]
  if (missed.length === listed.length)
    return [
      wrong(
        'reach',
        `None of ${listed.length} members can be reached.`,
        'Ask for outbound TCP to the addresses in the registry: see node/deploy/README.md.',
      ),
    ]
  return [
    ok('reach', `${listed.length - missed.length} of ${listed.length} members' addresses answer`),
    ...missed.map(({ id, addresses }) => notReached(id, addresses, errors.get(id))),
  ]
}

function notReached(id: string, addresses: readonly Address[], error: string | undefined): Finding {
  const tried = addresses.map(({ host, port }) => `${host} port ${port}`).join(', ')
  const said = error === undefined ? '' : ` The node says: ${error}`
  const todo = `Ask ${id} whether its node runs, and your network people whether they let this through.`
  return warning('reach', `${id} does not answer at ${tried}.${said}`, todo)
}

/** Host and port of a multiaddr over TCP. */
function addressIn(text: string): Address | undefined {
  const [, host, port] = /^\/(?:ip4|ip6|dns|dns4|dns6)\/([^/]+)\/tcp\/(\d+)/.exec(text) ?? []
  return host === undefined ? undefined : { host, port: Number(port) }
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

function answers({ host, port }: Address): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({ host, port, timeout: connectMs })
  const end = (isThere: boolean) => {
    socket.destroy()
    resolve(isThere)
  }
  socket.on('connect', () => end(true))
  socket.on('timeout', () => end(false))
  socket.on('error', () => end(false))
  return promise
}

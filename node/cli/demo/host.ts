import { existsSync } from 'node:fs'
import { type FocalpointError, isError, openTrust, type Registry } from '#protocol'
import { writeNothingSigned } from '../../last-signed.ts'
import { type FocalpointNode, openNode } from '../../node.ts'
import { type People, type Person, type Role, roles } from '../../people.ts'
import { openLog } from '../log.ts'
import { endNow, endWithin } from '../stop.ts'
import type { FromHost, NodeToOpen, OpenedNode, ToHost } from './messages.ts'

// A process that hosts one or several nodes of the demonstration: it does what it is told, and ends with the process
// that started it.

/** Less than the demonstration waits before it kills. */
const closingMs = 700
const tokenDays = 7

const nodes = new AsyncDisposableStack()
const opened: FocalpointNode[] = []

// The terminal tells everyone of Ctrl-C; the demonstration alone decides what follows.
process.on('SIGINT', () => {})
const ended = new Promise<void>(resolve => {
  process.on('disconnect', resolve)
  process.on('SIGTERM', () => resolve())
  process.on('message', (message: ToHost) => {
    if (message.kind === 'close') resolve()
    else follow(message).catch(tellFailure)
  })
})
await ended
endWithin(closingMs)
if (process.connected) process.disconnect()
await nodes.disposeAsync()
endNow()

async function follow(message: Exclude<ToHost, { kind: 'close' }>): Promise<void> {
  if (message.kind === 'open') tell({ kind: 'opened', nodes: await openAll(message) })
  if (message.kind === 'measure') tell({ kind: 'measured', rssBytes: process.memoryUsage.rss() })
  if (message.kind === 'connect') {
    await Promise.all(opened.map(node => node.connectTo(othersOf(node, message.addresses))))
    tell({ kind: 'connected' })
  }
}

async function openAll({ trust, nodes: toOpen }: Extract<ToHost, { kind: 'open' }>): Promise<OpenedNode[]> {
  const registry = await openTrust(trust)
  return Promise.all(toOpen.map(each => openOne(each, registry)))
}

async function openOne(
  { config, keys, logFile, channels }: NodeToOpen,
  registry: Registry,
): Promise<OpenedNode> {
  if (!existsSync(config.dataDir)) await writeNothingSigned(config.signing.lastSignedDir, channels)
  const log = openLog({ level: config.log.level, member: config.member, file: logFile })
  const node = nodes.use(await openNode({ config, keys, registry, log, onlyExercises: true }))
  opened.push(node)
  const { member, url, metricsUrl, peerId } = node
  return {
    member,
    url,
    ...(metricsUrl !== undefined && { metricsUrl }),
    dataDir: config.dataDir,
    peerId,
    pid: process.pid,
    addresses: node.addresses(),
    ...(await accessOf(node)),
  }
}

/** A person for each role, so that nobody can release what they drafted: with a token, and a link to sign in. */
async function accessOf(node: FocalpointNode): Promise<Pick<OpenedNode, 'tokens' | 'signIn'>> {
  const made = await Promise.all(
    roles.map(async role => {
      const person = await personWith(node.people, role)
      const wanted = { person: person.id, label: 'demonstration', days: tokenDays }
      const { secret } = await node.people.createToken(wanted)
      const link = await node.signIn.createLink(person.id, { minutes: tokenDays * 24 * 60, again: true })
      return { role, secret, link: `${node.url}/sign-in/${link.secret}` }
    }),
  )
  return {
    tokens: Object.fromEntries(made.map(({ role, secret }) => [role, secret])) as Record<Role, string>,
    signIn: Object.fromEntries(made.map(({ role, link }) => [role, link])) as Record<Role, string>,
  }
}

async function personWith(people: People, role: Role): Promise<Person> {
  const name = `Demonstration ${role}`
  return people.list().find(each => each.name === name) ?? people.add({ name, roles: [role] })
}

function othersOf(node: FocalpointNode, addresses: Record<string, string[]>): string[] {
  return Object.entries(addresses).flatMap(([member, of]) => (member === node.member ? [] : of))
}

function tell(message: FromHost): void {
  process.send?.(message)
}

function tellFailure(error: unknown): void {
  const { code, message, details } = isError(error) ? error : unexpected(error)
  tell({ kind: 'failed', code, message, details })
}

function unexpected(error: unknown): Pick<FocalpointError, 'code' | 'message' | 'details'> {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { code: 'internal', message: what, details: { what } }
}

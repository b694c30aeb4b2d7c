import { existsSync } from 'node:fs'
import { type FocalpointError, isError, openTrust, type Registry } from '#protocol'
import { writeNothingSigned } from '../../last-signed.ts'
import { type FocalpointNode, openNode } from '../../node.ts'
import { type People, type Role, roles } from '../../people.ts'
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
    tokens: await tokensOf(node.people),
  }
}

/** A person for each role, so that nobody can release what they drafted. */
async function tokensOf(people: People): Promise<Record<Role, string>> {
  const secrets = roles.map(async role => [role, await tokenOf(people, role)] as const)
  return Object.fromEntries(await Promise.all(secrets)) as Record<Role, string>
}

async function tokenOf(people: People, role: Role): Promise<string> {
  const name = `Demonstration ${role}`
  const person = people.list().find(each => each.name === name) ?? (await people.add({ name, roles: [role] }))
  const { secret } = await people.createToken({ person: person.id, label: 'demonstration', days: tokenDays })
  return secret
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

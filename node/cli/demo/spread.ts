import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { openClient } from '../client.ts'
import type { DemonstrationMember } from './alliance.ts'
import type { OpenedNode } from './messages.ts'
import type { Issued } from './seed.ts'

const heldAnswer = z.array(z.looseObject({ id: z.string() }))

/** 62 nodes on two cores need some seconds; more than this is a fault to be told. */
const patienceMs = 60_000
const againAfterMs = 100
const pageLimit = 200

/** Waits until every node lists all notices of the channels it joined; returns the members that do not. */
export async function untilSpread(
  issued: readonly Issued[],
  { nodes, members }: { nodes: readonly OpenedNode[]; members: readonly DemonstrationMember[] },
): Promise<string[]> {
  const limit = performance.now() + patienceMs
  const waiting = nodes.map(async node => {
    const channels = members.find(member => member.id === node.member)?.channels ?? []
    const expected = issued.filter(({ channel }) => channels.includes(channel)).map(({ id }) => id)
    return (await untilListed(node, expected, limit)) ? [] : [node.member]
  })
  return (await Promise.all(waiting)).flat()
}

async function untilListed(node: OpenedNode, expected: readonly string[], limit: number): Promise<boolean> {
  const client = openClient({ url: node.url, token: node.tokens.coordinator })
  for (;;) {
    const held = await client.get('/v1/notices', heldAnswer, { limit: pageLimit })
    const ids = new Set(held.map(({ id }) => id))
    if (expected.every(id => ids.has(id))) return true
    if (performance.now() > limit) return false
    await wait(againAfterMs)
  }
}

/** Whether this demonstration was told its stories before, in a folder that was kept. */
export async function holdsNotices(nodes: readonly OpenedNode[]): Promise<boolean> {
  const [first] = nodes
  if (first === undefined) return false
  const client = openClient({ url: first.url, token: first.tokens.coordinator })
  return (await client.get('/v1/notices', heldAnswer, { limit: 1 })).length > 0
}

import { z } from 'zod'
import { FocalpointError, type Registry } from '#protocol'
import { clientFrom } from '../client.ts'
import { isOurs } from '../exit.ts'
import { isNodeNamed } from '../keys/standing.ts'
import type { NodeAddress } from '../options.ts'
import { say } from '../talk.ts'
import { openRegistry, type TrustOptions } from './trust.ts'

const answer = z.looseObject({ net: z.string(), root: z.int(), version: z.int() })

/** The registry that a proposal goes on from. Throws `trust-outdated` where a node is named that has a newer one. */
export async function openNewest(options: TrustOptions & NodeAddress): Promise<Registry> {
  const registry = await openRegistry(options)
  await tellBasis(registry, options)
  return registry
}

/** Says which documents a proposal goes on from, and whether a node has the same. */
export async function tellBasis(registry: Registry, address: NodeAddress): Promise<void> {
  const { members, root } = registry
  const held = `It goes on from members document ${members.version}, issued on ${members.issued}, and root ${root.version}`
  say(`${held}: ${await comparedWithNode(registry, address)}`)
}

async function comparedWithNode(registry: Registry, address: NodeAddress): Promise<string> {
  const advice = 'ask a node whether that is the newest (focalpoint members list).'
  if (!isNodeNamed(address)) return advice
  try {
    const client = await clientFrom(address)
    const { net, root, version } = await client.get('/v1/members', answer)
    if (net !== registry.net) return `${client.url} is of another network; ${advice}`
    if (root > registry.root.version || version > registry.members.version) {
      throw outdated(registry, { root, version })
    }
    return `${client.url} has nothing newer.`
  } catch (error) {
    if (!isOurs(error) || error.code === 'trust-outdated') throw error
    return `${advice} It could not be compared: ${error.message}`
  }
}

function outdated(
  { members, root }: Registry,
  newer: { root: number; version: number },
): FocalpointError<'trust-outdated'> {
  return new FocalpointError(
    'trust-outdated',
    `The trust file here has members document ${members.version} and root ${root.version}; the node has ${newer.version} and ${newer.root}. Import the newer documents first (focalpoint members import FILE), or name a newer trust file with --trust.`,
    { held: members.version, newest: newer.version },
  )
}

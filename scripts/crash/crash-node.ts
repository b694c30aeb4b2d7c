import { basename, dirname, join } from 'node:path'
import { type Draft, findNoticeType, openTrust } from '#protocol'
import type { Config } from '../../node/config.ts'
import { type FocalpointNode, openNode } from '../../node/node.ts'
import { type Alliance, makeAlliance } from '../alliance.ts'
import { benchConfig, silent } from '../bench/bench-node.ts'
import { demonstrationMembers, demonstrationPlan } from '../example-alliance.ts'

export interface CrashNodeOptions {
  member: string
  dataDir: string
  /** How many members the Alliance of this run has. */
  members: number
  unsafeNoGuard?: boolean
  unsafeNoSync?: boolean
  unsafeNoCheck?: boolean
  /** With less nothing new is taken in. */
  freeSpaceMib?: number
  /** Of deliveries to receivers of webhooks. */
  backOffMs?: () => number
}

/** A node that looks around every second, so that a round takes few of them. */
export async function openCrashNode(options: CrashNodeOptions): Promise<FocalpointNode> {
  const {
    member,
    dataDir,
    members,
    unsafeNoGuard = false,
    unsafeNoSync = false,
    unsafeNoCheck = false,
  } = options
  const alliance = await crashAlliance(members, dirname(dataDir))
  const keys = alliance.memberKeys.find(each => each.member === member)
  if (keys === undefined) throw new TypeError(`There is no member ${member}.`)
  const registry = await openTrust(alliance.trust)
  return openNode({
    config: { ...crashConfig(member, dataDir), store: { freeSpaceMib: options.freeSpaceMib ?? 64 } },
    keys,
    registry,
    log: silent,
    unsafeNoGuard,
    unsafeNoSync,
    unsafeNoCheck,
    ...(options.backOffMs && { backOffMs: options.backOffMs }),
  })
}

/**
 * The Alliance of the nodes that live in this folder. Another one for each: a port that a killed node leaves is given to
 * a node of another run, and with the same key that would be a second node of the same member.
 */
export function crashAlliance(members: number, folder: string): Promise<Alliance> {
  return makeAlliance({
    ...demonstrationPlan,
    seed: `crash ${basename(folder)}`,
    members: demonstrationMembers.slice(0, members),
  })
}

/** A draft that its number tells from all others. */
export function numberedDraft(number: number): Draft {
  const [example] = findNoticeType('alert')?.examples ?? []
  if (example === undefined) throw new TypeError('There is no example of an alert.')
  return { ...example, body: { ...example.body, text: { en: `Number ${number}` } } }
}

export function storeDirOf(dataDir: string): string {
  return join(dataDir, 'store')
}

export function lastSignedDirOf(dataDir: string): string {
  return join(dataDir, 'last-signed')
}

export function crashConfig(member: string, dataDir: string): Config {
  const config = benchConfig(member, dataDir)
  return {
    ...config,
    network: { ...config.network, beaconSeconds: 1, catchUpSeconds: 1 },
    signing: { lastSignedDir: lastSignedDirOf(dataDir), listenSeconds: 1 },
  }
}

import { z } from 'zod'
import type { Member } from '#protocol'
import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { tableText } from '../table.ts'
import { print, printJson, say } from '../talk.ts'
import { today } from './expiry.ts'
import { stoppedKeys } from './known-at-node.ts'
import { openRegistry } from './trust.ts'

const listedMember = z.looseObject({
  id: z.string(),
  names: z.record(z.string(), z.string()),
  kind: z.string(),
  status: z.string(),
  channels: z.array(z.string()),
  signing: z.array(z.looseObject({ kid: z.string(), end: z.record(z.string(), z.unknown()).optional() })),
})
type Listed = Pick<z.output<typeof listedMember>, 'id' | 'names' | 'kind' | 'status' | 'channels' | 'signing'>

const registryAnswer = z.looseObject({
  root: z.number(),
  version: z.number(),
  expires: z.string(),
  members: z.array(listedMember),
})

type ListOptions = NodeAddress & Listing & { trust?: string }

/** The participants as a running node knows them, or as a trust file does. */
export async function listMembers({ trust, json, quiet, ...address }: ListOptions): Promise<void> {
  const { root, version, expires, members, stopped } =
    trust === undefined ? await askNode(address) : await readTrust(trust)
  if (json) {
    printJson(members.map(each => withStops(each, stopped)))
    return
  }
  const rows = members.map(each => [
    each.id,
    each.names.en ?? '',
    each.kind,
    each.status,
    each.channels.join(', '),
    openKeys(each)
      .map(kid => (stopped.has(kid) ? `${kid} (stopped)` : kid))
      .join(', '),
  ])
  print(tableText(['member', 'name', 'kind', 'status', 'channels', 'signing keys'], rows))
  const state =
    expires <= today()
      ? `EXPIRED on ${expires}. The coordinators must renew it: focalpoint members renew`
      : `in force until ${expires}`
  say(`Root ${root}, members document ${version}, ${state}.`, { quiet })
}

async function askNode(address: NodeAddress) {
  const client = await clientFrom(address)
  const registry = await client.get('/v1/members', registryAnswer)
  return { ...registry, stopped: await stoppedKeys(client) }
}

async function readTrust(path: string) {
  const { root, members } = await openRegistry({ trust: path })
  const expires = members.expires < root.expires ? members.expires : root.expires
  const listed: readonly (Member & Listed)[] = members.members
  const stopped: ReadonlySet<string> = new Set()
  return { root: root.version, version: members.version, expires, members: listed, stopped }
}

function withStops<Each extends Listed>(member: Each, stopped: ReadonlySet<string>) {
  const signing = member.signing.map(key => (stopped.has(key.kid) ? { ...key, stopped: true } : key))
  return { ...member, signing }
}

function openKeys({ signing }: Listed): string[] {
  return signing.filter(({ end }) => end === undefined).map(({ kid }) => kid)
}

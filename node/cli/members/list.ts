import { z } from 'zod'
import { type Member, openTrust } from '#protocol'
import { clientFrom } from '../client.ts'
import { readInput } from '../input.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { tableText } from '../table.ts'
import { print, printJson, say } from '../talk.ts'

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
  const { root, version, expires, members } =
    trust === undefined ? await askNode(address) : await readTrust(trust)
  if (json) {
    printJson(members)
    return
  }
  const rows = members.map(each => [
    each.id,
    each.names.en ?? '',
    each.kind,
    each.status,
    each.channels.join(', '),
    openKeys(each).join(', '),
  ])
  print(tableText(['member', 'name', 'kind', 'status', 'channels', 'signing keys in force'], rows))
  say(`Root ${root}, members document ${version}, in force until ${expires}.`, { quiet })
}

async function askNode(address: NodeAddress) {
  return (await clientFrom(address)).get('/v1/members', registryAnswer)
}

async function readTrust(path: string) {
  const { root, members } = await openTrust(await readInput(path))
  const expires = members.expires < root.expires ? members.expires : root.expires
  const listed: readonly (Member & Listed)[] = members.members
  return { root: root.version, version: members.version, expires, members: listed }
}

function openKeys({ signing }: Listed): string[] {
  return signing.filter(({ end }) => end === undefined).map(({ kid }) => kid)
}

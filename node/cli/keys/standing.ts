import { z } from 'zod'
import { type Member, openTrust, parseMember } from '#protocol'
import { type Client, clientFrom } from '../client.ts'
import { readInput } from '../input.ts'
import type { KnownMembers } from '../members/places.ts'
import type { NodeAddress } from '../options.ts'

/** What a registry says, above all of one member, and which registry that is. */
export interface Standing extends KnownMembers {
  /** Absent where the registry does not list it. */
  member?: Member
  /** For people: "members document 8, as http://… has it". */
  source: string
}

const membersAnswer = z.looseObject({
  net: z.string(),
  version: z.int(),
  members: z.array(z.looseObject({ id: z.string() })),
})

/** From a running node where one is named, by flag or variable; else from the trust file, which may be older. */
export async function standingOf(
  id: string,
  { trustFile, ...address }: NodeAddress & { trustFile: string },
): Promise<Standing> {
  return isNodeNamed(address) ? standingAt(await clientFrom(address), id) : standingIn(trustFile, id)
}

/** By flag or variable. */
export function isNodeNamed({ url, token, tokenFile }: NodeAddress): boolean {
  const { FOCALPOINT_URL, FOCALPOINT_TOKEN, FOCALPOINT_TOKEN_FILE } = process.env
  return [url, token, tokenFile, FOCALPOINT_URL, FOCALPOINT_TOKEN, FOCALPOINT_TOKEN_FILE].some(
    each => each !== undefined,
  )
}

async function standingAt(client: Client, id: string): Promise<Standing> {
  const { net, version, members } = await client.get('/v1/members', membersAnswer)
  const source = `members document ${version}, as ${client.url} has it`
  return standing(id, { net, members: { members: members.map(parseMember) }, source })
}

async function standingIn(trustFile: string, id: string): Promise<Standing> {
  const { net, members } = await openTrust(await readInput(trustFile))
  return standing(id, { net, members, source: `members document ${members.version}, from ${trustFile}` })
}

function standing(id: string, known: Omit<Standing, 'member'>): Standing {
  const member = known.members.members.find(each => each.id === id)
  return { ...known, ...(member && { member }) }
}

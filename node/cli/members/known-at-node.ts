import type { LastPlaces, Registry } from '#protocol'
import { networkAnswer, noticeAnswer } from '../answers.ts'
import { type Client, clientFrom } from '../client.ts'
import { isOurs } from '../exit.ts'
import { isNodeNamed } from '../keys/standing.ts'
import type { NodeAddress } from '../options.ts'
import { say } from '../talk.ts'
import type { SignedFile } from './files.ts'

/** Says of each place that a person named whether a node knows it: beyond the log's end a stolen key still speaks. */
export async function tellUnchecked(id: string, ends: LastPlaces, address: NodeAddress): Promise<void> {
  for (const [channel, { seq, id: notice }] of Object.entries(ends)) {
    if (notice === null) continue
    const why = await whyUnchecked(address, { id, channel, seq, notice })
    if (why !== undefined) say(`Place ${channel}=${seq}:${notice} was not checked with a node${why}`)
  }
}

interface Named {
  id: string
  channel: string
  seq: number
  notice: string
}

async function whyUnchecked(
  address: NodeAddress,
  { id, channel, seq, notice }: Named,
): Promise<string | undefined> {
  if (!isNodeNamed(address)) return ': name one with --url, or say from-node.'
  try {
    const client = await clientFrom(address)
    const held = await client.get(`/v1/notices/${notice}`, noticeAnswer)
    const isThere = held.issuer === id && held.channel === channel && held.seq === seq
    return isThere
      ? undefined
      : `: there, this notice stands at ${held.channel}=${held.seq} of ${held.issuer}.`
  } catch (error) {
    if (!isOurs(error)) throw error
    return error.code === 'not-found' ? ': it knows no such notice.' : `: ${error.message}`
  }
}

/** Kids that their members have stopped, as this node knows. */
export async function stoppedKeys(client: Client): Promise<Set<string>> {
  const { participants } = await client.get('/v1/network', networkAnswer)
  const keys = participants.flatMap(each => each.keys)
  return new Set(keys.filter(({ state }) => state === 'stopped').map(({ kid }) => kid))
}

/** For who reviews a request for a new key, where a node can be asked: which of the old keys were stopped. */
export async function stopNotes(
  { kind, signed }: SignedFile,
  { registry, address }: { registry: Registry | undefined; address: NodeAddress },
): Promise<string[]> {
  if (kind !== 'join' || registry === undefined || !isNodeNamed(address)) return []
  const { member: id } = JSON.parse(signed.document) as { member: string }
  const open = registry.members.members.find(member => member.id === id)?.signing ?? []
  try {
    const stopped = await stoppedKeys(await clientFrom(address))
    return open
      .filter(({ kid, end }) => end === undefined && stopped.has(kid))
      .map(({ kid }) => `${id} has stopped its key ${kid}: end it in the same document with --end.`)
  } catch (error) {
    if (isOurs(error)) return []
    throw error
  }
}

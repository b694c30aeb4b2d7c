import { z } from 'zod'
import { type LastPlaces, type Member, type Place, parseNotice } from '#protocol'
import { type NoticeAnswer, noticesAnswer } from '../answers.ts'
import { type Client, clientFrom } from '../client.ts'
import type { NodeAddress } from '../options.ts'
import { usage } from './files.ts'

/** The word that asks a running node instead of naming places. */
export const fromNode = 'from-node'
const pageLimit = 200

/** As much of a registry as this needs: a node may have told it, without its signatures. */
export interface KnownMembers {
  net: string
  members: { members: readonly Member[] }
}

interface PlacesAsked {
  /** As given: "torture=41:ID", "capital=0", or "from-node". */
  texts: readonly string[]
  registry: KnownMembers
  member: Member
  /** Only what this key signed. */
  kid?: string
  channels: readonly string[]
  node: NodeAddress
}

/** Channel → last place; what was named counts before what the node says. */
export async function lastPlaces(asked: PlacesAsked): Promise<LastPlaces> {
  const named = Object.fromEntries(asked.texts.filter(text => text !== fromNode).map(parsePlace))
  if (!asked.texts.includes(fromNode)) return named
  const open = asked.channels.filter(channel => !Object.hasOwn(named, channel))
  return { ...(await askNode({ ...asked, channels: open })), ...named }
}

/** Channel → first place of a new key: "torture=42", or one beyond the last place that the node knows. */
export async function firstPlaces(asked: PlacesAsked): Promise<Record<string, number>> {
  const named = Object.fromEntries(asked.texts.filter(text => text !== fromNode).map(parseFirst))
  if (!asked.texts.includes(fromNode)) return named
  const open = asked.channels.filter(channel => !Object.hasOwn(named, channel))
  const last = Object.entries(await askNode({ ...asked, channels: open }))
  return { ...Object.fromEntries(last.map(([channel, { seq }]) => [channel, seq + 1])), ...named }
}

function parsePlace(text: string): [string, Place] {
  const [, channel = '', seq = '', id] = /^([a-z][a-z0-9-]*)=(\d{1,9})(?::([\w-]{43}))?$/.exec(text) ?? []
  const isFirst = Number(seq) === 0
  if (channel === '' || isFirst !== (id === undefined)) {
    throw usage(
      `"${text}" is no place: write torture=41:ID, torture=0 where nothing was signed, or ${fromNode}.`,
    )
  }
  return [channel, { seq: Number(seq), id: id ?? null }]
}

function parseFirst(text: string): [string, number] {
  const [, channel = '', seq = ''] = /^([a-z][a-z0-9-]*)=([1-9]\d{0,8})$/.exec(text) ?? []
  if (channel === '') throw usage(`"${text}" is no first place: write torture=42, or ${fromNode}.`)
  return [channel, Number(seq)]
}

async function askNode({ registry, member, kid, channels, node }: PlacesAsked): Promise<LastPlaces> {
  const client = await clientFrom(node)
  await checkJoined(client, { registry, channels })
  const places: Record<string, Place> = {}
  for await (const notice of newestFirst(client, member.id)) {
    if (channels.every(channel => Object.hasOwn(places, channel))) break
    if (!channels.includes(notice.channel) || Object.hasOwn(places, notice.channel)) continue
    if (notice.standing === 'void' || notice.standing === 'disputed') continue
    if (kid !== undefined && (await signerOf(client, notice, registry)) !== kid) continue
    places[notice.channel] = { seq: notice.seq, id: notice.id }
  }
  const unused: Place = { seq: 0, id: null }
  return Object.fromEntries(channels.map(channel => [channel, places[channel] ?? unused]))
}

async function* newestFirst(client: Client, issuer: string): AsyncGenerator<NoticeAnswer> {
  let cursor: string | undefined
  do {
    const query = { issuer, limit: pageLimit, cursor }
    const page = await client.getPage('/v1/notices', noticesAnswer, { query, parameter: 'cursor' })
    yield* page.items
    cursor = page.next
  } while (cursor !== undefined)
}

async function signerOf(client: Client, { id }: NoticeAnswer, { net }: KnownMembers): Promise<string> {
  const text = await client.getText(`/v1/notices/${id}`, 'application/sd-jwt')
  return parseNotice(text, { net }).envelope.kid
}

const whoAnswers = z.looseObject({ member: z.string() })

/** A node that has not joined a channel knows nothing of its logs: its silence must not end a key. */
async function checkJoined(
  client: Client,
  { registry, channels }: Pick<PlacesAsked, 'registry' | 'channels'>,
): Promise<void> {
  const { member: id } = await client.get('/v1/network', whoAnswers)
  const joined = registry.members.members.find(member => member.id === id)?.channels ?? []
  const unseen = channels.find(channel => !joined.includes(channel))
  if (unseen === undefined) return
  throw usage(
    `The node of ${id} has not joined ${unseen}: ask another node, or name the place (${unseen}=SEQ:ID).`,
  )
}

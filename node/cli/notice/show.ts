import { z } from 'zod'
import { isError } from '#protocol'
import { type DraftAnswer, draftAnswer, type NoticeAnswer, noticeAnswer } from '../answers.ts'
import { type Client, clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { print, printJson, say, styled } from '../talk.ts'
import { contentLines } from './content-lines.ts'

interface ShowOptions extends NodeAddress, Listing {
  sdJwt?: boolean
}

const schemaAnswer = z.looseObject({ properties: z.looseObject({ body: z.unknown() }) })

export async function showNotice(id: string, { sdJwt, json, ...address }: ShowOptions): Promise<void> {
  const client = await clientFrom(address)
  if (draftId.test(id)) return showDraft(client, id, { json })
  const path = `/v1/notices/${encodeURIComponent(id)}`
  if (sdJwt) {
    print(await client.getText(path, 'application/sd-jwt'))
    return
  }
  const notice = await client.get(path, noticeAnswer)
  if (json) {
    printJson(notice)
    return
  }
  const titles = await bodyTitles(notice.type, client)
  print([...headLines(notice), '', ...bodyLines(notice, titles), '', ...placeLines(notice)].join('\n'))
}

/** Drafts have a UUID (RFC 9562); notices have a hash. */
const draftId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a releaser reads before releasing it, and whom it will go to. */
async function showDraft(client: Client, id: string, { json }: { json: boolean | undefined }): Promise<void> {
  const stored = await client.get(`/v1/drafts/${id}`, draftAnswer)
  if (json) {
    printJson(stored)
    return
  }
  const { draft, returned, version } = stored
  const { type, body, nominal } = draft
  const titles = await bodyTitles(type, client)
  const names = nominal ? ['', styled('bold', 'Names'), ...contentLines(nominal, undefined)] : []
  const stand = returned ? 'sent back' : 'waiting for release'
  const title = `${styled('bold', `Draft of a ${type}`)}, ${stand}, version ${version}`
  const reason = returned ? ['', `reason     ${returned.reason.replaceAll('\n', ' ')}`] : []
  print(
    [title, ...reason, '', ...contentLines(body, titles), ...names, '', ...audienceLines(stored)].join('\n'),
  )
  if (!returned) say(`To release exactly this: focalpoint notice release ${id} --read ${version}`)
}

function audienceLines({ draft: { parts, readers = [] } }: DraftAnswer): string[] {
  return Object.entries(parts).map(([name, { to, until }]) => {
    const audience = to === 'channel' ? 'everybody in the channel' : `only ${readers.join(', ')} and us`
    return `part       ${name}: for ${audience}${until === undefined ? '' : `, until ${until}`}`
  })
}

/** As the node knows the form of this type; without one, fields go by their names. */
async function bodyTitles(type: string, client: Client): Promise<unknown> {
  try {
    const { properties } = await client.get(`/v1/schemas/${encodeURIComponent(type)}.json`, schemaAnswer)
    return properties.body
  } catch (error) {
    if (isError(error, 'not-found')) return undefined
    throw error
  }
}

function headLines({
  label,
  issuer,
  issuedAt,
  summary,
  status,
  standing,
  exercise,
  flags,
}: NoticeAnswer): string[] {
  return [
    ...(exercise ? [styled(['red', 'bold'], 'EXERCISE: not a real notice')] : []),
    `${styled('bold', label)} of ${issuer}, ${issuedAt.slice(0, 10)}`,
    summary,
    `${status} · ${standing}${flags.length === 0 ? '' : ` · ${flags.join(', ')}`}`,
  ]
}

function bodyLines({ body, nominal, parts }: NoticeAnswer, titles: unknown): string[] {
  return [
    ...(body ? contentLines(body, titles) : [absence('body', parts)]),
    ...(nominal ? ['', styled('bold', 'Names'), ...contentLines(nominal, undefined)] : []),
  ]
}

function absence(name: string, parts: NoticeAnswer['parts']): string {
  const part = parts.find(each => each.name === name)
  if (part?.erased) return `Its content was erased${part.until === undefined ? '' : ` after ${part.until}`}.`
  return 'Its content is not for this node, or has not come yet.'
}

function placeLines({
  id,
  issuer,
  channel,
  seq,
  receivedAt,
  parts,
  refs,
  referredToBy,
  heldBy,
}: NoticeAnswer): string[] {
  return [
    `id         ${id}`,
    `place      ${seq} in the log of ${issuer} in ${channel}, here since ${receivedAt}`,
    `held by    ${heldBy.count} of ${heldBy.of}${heldBy.missing.length === 0 ? '' : `, not yet ${heldBy.missing.join(', ')}`}`,
    ...parts.map(
      ({ name, held, erased, until }) =>
        `part       ${name}: ${erased ? 'erased' : held ? 'held' : 'not held'}${until === undefined ? '' : `, until ${until}`}`,
    ),
    ...refs.map(ref => `${ref.rel.padEnd(10)} ${ref.id}`),
    ...referredToBy.map(ref => `answered   by ${ref.issuer}, ${ref.type} (${ref.rel}) ${ref.id}`),
  ]
}

import {
  findMember,
  nextMembersText,
  proposeEnd,
  proposeLeaving,
  proposeStatus,
  type Registry,
} from '#protocol'
import type { NodeAddress } from '../options.ts'
import { print, printJson, say } from '../talk.ts'
import { assess } from './assess.ts'
import { assessmentJson, assessmentText } from './assessment-text.ts'
import { checkExpiryIn, today } from './expiry.ts'
import { usage, writeSigned } from './files.ts'
import { tellUnchecked } from './known-at-node.ts'
import { openNewest } from './newest.ts'
import { fromNode, lastPlaces } from './places.ts'
import { adviceForEnds, withPlacesAdvice } from './places-advice.ts'
import type { TrustOptions } from './trust.ts'
import { wrapped } from './wrap.ts'

export interface ProposalOptions extends TrustOptions, NodeAddress {
  out?: string
  expires?: string
  json?: boolean
}

export interface EndingOptions extends ProposalOptions {
  kid?: string
  end?: string[]
  reason: string
  channel?: string
}

/** Ends one key of a member. */
export async function proposeRevocation(id: string, options: EndingOptions): Promise<void> {
  const registry = await openNewest(options)
  const kid = options.kid ?? onlyOpenKey(registry, id)
  const from = findMember(registry, id)?.signing.find(key => key.kid === kid)?.from ?? {}
  const ends = await endsFor({ registry, id, options, channels: Object.keys(from), kid })
  const { reason } = options
  const end = { member: id, kid, ends, reason, dates: datesOf(options) }
  const text = withPlacesAdvice(adviceForEnds, () => proposeEnd(registry, end))
  await writeProposal(registry, text, options)
}

export async function proposeSuspension(id: string, options: EndingOptions): Promise<void> {
  await proposeSilence(id, 'suspended', options)
}

/** The network, or with `--channel` one channel of it. */
export async function proposeDeparture(id: string, options: EndingOptions): Promise<void> {
  const { channel, reason } = options
  if (channel === undefined) return proposeSilence(id, 'left', options)
  const registry = await openNewest(options)
  const ends = await endsFor({ registry, id, options, channels: openChannels(registry, id, channel) })
  const text = proposeLeaving(registry, { member: id, channel, ends, reason, dates: datesOf(options) })
  await writeProposal(registry, text, options)
}

/** The document in force once more, to hold longer. */
export async function proposeRenewal(options: ProposalOptions): Promise<void> {
  const registry = await openNewest(options)
  await writeProposal(registry, nextMembersText(registry, datesOf(options)), options)
}

/** Writes the unsigned document, shows what it does, and says how it goes on. */
export async function writeProposal(
  registry: Registry,
  document: string,
  { out, json }: Pick<ProposalOptions, 'out' | 'json'>,
): Promise<void> {
  const signed = { document, signatures: [] }
  const { version, coordinators } = JSON.parse(document) as { version: number; coordinators?: unknown }
  const kind = coordinators === undefined ? 'members' : 'root'
  const path = out ?? `${kind}-${version}.json`
  checkExpiryIn(kind, signed, 'Give a later one with --expires.')
  const assessment = await assess({ path, kind, version, signed }, { registry })
  await writeSigned(path, signed)
  if (json) printJson(assessmentJson(path, assessment))
  else {
    say(assessmentText(assessment))
    print(path)
  }
  const next = `\nNext: read the safety number to the other coordinators, who each run "focalpoint members approve ${path} --key …".`
  say(wrapped(next))
}

export function datesOf({ expires }: Pick<ProposalOptions, 'expires'>): { issued: string; expires?: string } {
  return { issued: today(), ...(expires !== undefined && { expires }) }
}

async function proposeSilence(
  id: string,
  status: 'suspended' | 'left',
  options: EndingOptions,
): Promise<void> {
  const registry = await openNewest(options)
  const ends = await endsFor({ registry, id, options, channels: openChannels(registry, id) })
  const { reason } = options
  const change = { member: id, status, ends, reason, dates: datesOf(options) }
  const text = withPlacesAdvice(adviceForEnds, () => proposeStatus(registry, change))
  await writeProposal(registry, text, options)
  say(wrapped(wayBack(id)))
}

function wayBack(id: string): string {
  return `To come back, ${id} needs a new signing key: it runs "focalpoint keys rotate" and sends the request that this writes. A coordinator approves it with --from from-node; once that is published, ${id} is active again.`
}

interface Ends {
  registry: Registry
  id: string
  options: EndingOptions
  channels: readonly string[]
  kid?: string
}

async function endsFor({ registry, id, options, channels, kid }: Ends) {
  const member = findMember(registry, id)
  if (member === undefined) return {}
  const only = kid === undefined ? {} : { kid }
  const texts = options.end ?? []
  const ends = await lastPlaces({ texts, registry, member, channels, node: options, ...only })
  if (!texts.includes(fromNode)) await tellUnchecked(id, ends, options)
  return ends
}

/** Where the open keys of a member speak: all of them, or those with a say in one channel. */
function openChannels(registry: Registry, id: string, channel?: string): string[] {
  const open = (findMember(registry, id)?.signing ?? []).filter(
    ({ end, from }) => end === undefined && (channel === undefined || Object.hasOwn(from, channel)),
  )
  return [...new Set(open.flatMap(({ from }) => Object.keys(from)))]
}

function onlyOpenKey(registry: Registry, id: string): string {
  const open = (findMember(registry, id)?.signing ?? []).filter(({ end }) => end === undefined)
  const [only, ...more] = open
  if (only !== undefined && more.length === 0) return only.kid
  const kids = open.map(({ kid }) => kid).join(', ')
  throw usage(`Say with --kid which key: ${id} has ${kids === '' ? 'no open key' : kids}.`)
}

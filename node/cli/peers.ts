import type { Command } from 'commander'
import { type NetworkAnswer, networkAnswer, type ParticipantAnswer } from './answers.ts'
import { clientFrom } from './client.ts'
import { asClient, type Listing, type NodeAddress } from './options.ts'
import { fittingText } from './table.ts'
import { print, printJson } from './talk.ts'

export function describePeers(command: Command): void {
  asClient(command).option('--holdings', 'list whose notices are held by whom, instead').action(listPeers)
}

async function listPeers({ json, holdings, ...address }: NodeAddress & Listing & { holdings?: boolean }) {
  const client = await clientFrom(address)
  const network = await client.get('/v1/network', networkAnswer)
  if (json) printJson(holdings ? network.holdings : network.participants)
  else print(holdings ? holdingsText(network) : participantsText(network))
}

function participantsText({ member: own, participants }: NetworkAnswer): string {
  const head = [
    'member',
    'name',
    'status',
    'behind',
    'last heard',
    'clock',
    'registry',
    'keys',
    'software',
    'last error',
  ]
  const rows = participants.map(each => [
    each.member,
    each.names.en ?? '',
    each.status,
    isHeard(each, own) ? String(each.behindBy) : '',
    each.member === own ? 'this node' : heardText(each.lastHeardAt),
    each.clockDifferenceSeconds === undefined ? '' : `${each.clockDifferenceSeconds} s`,
    each.membersVersion === undefined ? '' : `members ${each.membersVersion}`,
    keysText(each),
    each.software ?? '',
    each.lastError ?? '',
  ])
  return fittingText(head, rows)
}

/** Programs that read the table are given the time itself. */
function heardText(at: string | undefined): string {
  if (at === undefined) return 'never'
  return process.stdout.isTTY ? agoText((Date.now() - Date.parse(at)) / 1000) : at
}

/** Whole seconds, minutes, hours or days. */
export function agoText(seconds: number): string {
  const units = [
    ['day', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const
  const [unit, length] = units.find(([, each]) => seconds >= 2 * each) ?? (['s', 1] as const)
  const count = Math.max(0, Math.floor(seconds / length))
  return `${count} ${unit === 'day' ? 'days' : unit} ago`
}

/** Who was never heard may be behind by any number. */
function isHeard({ member, lastHeardAt }: ParticipantAnswer, own: string): boolean {
  return member === own || lastHeardAt !== undefined
}

/** The worst that holds for one of its keys, as long as none of them speaks. */
function keysText({ keys }: ParticipantAnswer): string {
  const words = ['in force', 'stopped', 'ended']
  return words.find(word => keys.some(({ state }) => state === word)) ?? 'none'
}

function holdingsText({ holdings }: NetworkAnswer): string {
  const head = ['issuer', 'channel', 'notices', 'held by', 'fewer at']
  const rows = holdings.map(({ issuer, channel, head: top, heldBy, heldBySeq }) => [
    issuer,
    channel,
    String(top),
    `${heldBy.count} of ${heldBy.of}`,
    [
      ...Object.entries(heldBySeq).flatMap(([holder, seq]) => (seq < top ? [`${holder} (${seq})`] : [])),
      ...unheard(heldBy.of - Object.keys(heldBySeq).length),
    ].join(', '),
  ])
  return rows.length === 0 ? 'Nobody has issued anything yet.' : fittingText(head, rows)
}

function unheard(count: number): string[] {
  return count === 0 ? [] : [`${count} not heard`]
}

import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { fittingText } from '../table.ts'
import { print, printJson, say } from '../talk.ts'
import { type SubscriptionAnswer, subscriptionAnswer, subscriptionsAnswer } from './answers.ts'

type ListOptions = NodeAddress & Listing & { all?: boolean }

export async function listSubscriptions({ json, quiet, all, ...address }: ListOptions): Promise<void> {
  const client = await clientFrom(address)
  const query = { all: all ? 'true' : undefined }
  const found = await client.get('/v1/subscriptions', subscriptionsAnswer, query)
  if (json) printJson(found)
  else if (found.length === 0) say('No subscription. Make one with "focalpoint subscribe add".', { quiet })
  else {
    const head = ['label', 'to', 'state', 'waiting', 'dead letters', 'filter', 'id']
    print(fittingText(head, found.map(rowOf)))
  }
}

export async function showSubscription(id: string, { json, ...address }: ListOptions): Promise<void> {
  const client = await clientFrom(address)
  const found = await client.get(`/v1/subscriptions/${encodeURIComponent(id)}`, subscriptionAnswer)
  if (json) printJson(found)
  else print(subscriptionText(found))
}

/** A line for each thing that people ask about. */
function subscriptionText(found: SubscriptionAnswer): string {
  const { label, waiting, deadLetters, cursor, createdAt, remarks, matches } = found
  return [
    `label      ${label}`,
    `to         ${toText(found)}`,
    `filter     ${filterText(found)}`,
    `also       ${[...(remarks ? ['remarks'] : []), ...(matches ? ['matches'] : [])].join(', ') || 'nothing'}`,
    `state      ${stateText(found)}`,
    `waiting    ${waiting}, given up ${deadLetters}`,
    `cursor     ${cursor}`,
    `since      ${createdAt}`,
  ].join('\n')
}

function stateText({ paused, failingSince }: SubscriptionAnswer): string {
  if (paused !== undefined) return `paused since ${paused.at}: ${paused.reason}`
  return failingSince === undefined
    ? 'active'
    : `active, and its receiver takes nothing since ${failingSince}`
}

function rowOf(found: SubscriptionAnswer): string[] {
  const { id, label, state, paused, failingSince, waiting, deadLetters } = found
  const code = paused?.code ?? (failingSince === undefined ? undefined : 'failing')
  const why = code === undefined ? state : `${state}: ${code}`
  return [label, toText(found), why, String(waiting), String(deadLetters), filterText(found), id]
}

function toText({ target }: SubscriptionAnswer): string {
  return target.url ?? target.kind
}

function filterText({ filter }: SubscriptionAnswer): string {
  const words = Object.entries(filter).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`)
  return words.length === 0 ? 'everything' : words.join('; ')
}

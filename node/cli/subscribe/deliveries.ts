import { FocalpointError } from '#protocol'
import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { fittingText } from '../table.ts'
import { print, printJson, say } from '../talk.ts'
import { type DeliveryAnswer, deliveriesAnswer, deliveryAnswer, subscriptionAnswer } from './answers.ts'
import { pathOf } from './change.ts'

type Options = NodeAddress & Listing

interface DeliveriesOptions extends Options {
  state?: string
  limit: number
  cursor?: string
}

export async function listDeliveries(
  id: string,
  { state, limit, cursor, json, quiet, ...address }: DeliveriesOptions,
): Promise<void> {
  const client = await clientFrom(address)
  const { items, next } = await client.getPage(`${pathOf(id)}/deliveries`, deliveriesAnswer, {
    query: { state, limit, cursor },
    parameter: 'cursor',
  })
  if (json) printJson(items)
  else if (items.length === 0) say('Nothing was told yet.', { quiet })
  else
    print(fittingText(['made', 'kind', 'state', 'attempts', 'last answer', 'about', 'id'], items.map(rowOf)))
  if (next !== undefined) say(`more: --cursor ${next}`, { quiet })
}

export async function testSubscription(id: string, { json, quiet, ...address }: Options): Promise<void> {
  const client = await clientFrom(address)
  const test = await client.post(`${pathOf(id)}/test`, undefined, deliveryAnswer)
  if (json) printJson(test)
  const { tookMs = 0 } = test.tried.at(-1) ?? {}
  if (test.state !== 'delivered') {
    const failing = [lastAnswer(test)]
    throw new FocalpointError('checks-failed', `The receiver did not take it. ${failing.join('')}`, {
      failing,
    })
  }
  say(`The receiver took it within ${tookMs} ms.`, { quiet })
}

interface ReplayOptions extends Options {
  after?: number
  since?: string
  delivery?: string
  deadLetters?: true
}

export async function replayDeliveries(
  id: string,
  { after, since, delivery, deadLetters, json, quiet, ...address }: ReplayOptions,
): Promise<void> {
  const given = Object.entries({ after, since, delivery, deadLetters }).filter(
    ([, each]) => each !== undefined,
  )
  if (given.length !== 1) {
    const what = 'Say what to tell once more, with one of --after, --since, --delivery and --dead-letters.'
    throw new FocalpointError('usage', what, { what })
  }
  const client = await clientFrom(address)
  const replaying = await client.post(`${pathOf(id)}/replay`, Object.fromEntries(given), subscriptionAnswer)
  if (json) printJson(replaying)
  say('It is told once more, with the ids of the first time.', { quiet })
}

export async function openedDelivery(
  id: string,
  delivery: string,
  { json, quiet, ...address }: Options,
): Promise<void> {
  const client = await clientFrom(address)
  const path = `${pathOf(id)}/deliveries/${encodeURIComponent(delivery)}/opened`
  const opened = await client.post(path, undefined, deliveryAnswer)
  if (json) printJson(opened)
  say('It is not told once more.', { quiet })
}

function rowOf(each: DeliveryAnswer): string[] {
  const { madeAt, kind, state, attempts, nextAt, subject, id } = each
  const what = nextAt === undefined || state !== 'waiting' ? state : `${state}, next at ${nextAt}`
  return [madeAt, kind, what, String(attempts), lastAnswer(each), subject, id]
}

function lastAnswer({ tried }: DeliveryAnswer): string {
  const { outcome = '', status, detail, answer } = tried.at(-1) ?? {}
  const told = detail ?? (status === undefined ? outcome : `${outcome}, ${status}`)
  return answer === undefined ? told : `${told} "${answer}"`
}

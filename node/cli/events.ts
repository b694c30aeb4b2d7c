import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import { isError } from '#protocol'
import { type EventAnswer, eventAnswer, eventsAnswer } from './answers.ts'
import { type Client, clientFrom } from './client.ts'
import { asClient, type Listing, type NodeAddress, wholeNumber } from './options.ts'
import { serverSentEvents } from './server-sent-events.ts'
import { print, say, styledTalk } from './talk.ts'

interface EventsOptions extends NodeAddress, Listing {
  after: number
  follow?: boolean
  limit: number
}

/** A node that restarts is back within this; asking more often would not bring it sooner. */
const againAfterMs = 1000

export function describeEvents(command: Command): void {
  asClient(command)
    .option('--after <cursor>', 'only what came in after this place', wholeNumber, 0)
    .option('--follow', 'go on with what comes in, until stopped')
    .option('--limit <count>', 'how many at most, without --follow', wholeNumber, 100)
    .action(listEvents)
}

async function listEvents({ after, follow, limit, json, quiet, ...address }: EventsOptions): Promise<void> {
  const client = await clientFrom(address)
  if (follow) return followEvents(client, { after, json: json === true, quiet: quiet === true })
  const { items: events, next } = await client.getPage('/v1/events', eventsAnswer, {
    query: { after, limit },
    parameter: 'after',
  })
  for (const event of events) printEvent(event, json)
  if (next !== undefined) say(`more: --after ${next}`, { quiet })
}

/** Comes back after a cut with the last place seen; a refusal ends it. */
async function followEvents(
  client: Client,
  { after, json, quiet }: { after: number } & Listing,
): Promise<void> {
  let cursor = after
  for (;;) {
    try {
      const answer = await client.open('/v1/events', {
        accept: 'text/event-stream',
        'last-event-id': String(cursor),
      })
      for await (const { data } of serverSentEvents(answer)) {
        const event = eventAnswer.parse(JSON.parse(data))
        printEvent(event, json)
        cursor = event.cursor
      }
    } catch (error) {
      if (isError(error) && !isError(error, 'node-unreachable')) throw error
      say(styledTalk('yellow', `cut off after ${cursor}; asking again`), { quiet })
    }
    await wait(againAfterMs)
  }
}

function printEvent(event: EventAnswer, json: boolean | undefined): void {
  if (json) {
    print(JSON.stringify(event))
    return
  }
  const { cursor, at, kind, id, notice } = event
  print(`${cursor}  ${at}  ${kind}  ${notice ? `${notice.issuer} ${notice.label}: ${notice.summary}` : id}`)
}

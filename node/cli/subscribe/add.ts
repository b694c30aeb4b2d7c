import { FocalpointError } from '#protocol'
import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { print, printJson, say } from '../talk.ts'
import { type ShownAnswer, shownAnswer } from './answers.ts'

interface AddOptions extends NodeAddress, Listing {
  webhook?: string
  feed?: boolean
  label: string
  type?: string[]
  goods?: string[]
  category?: string[]
  hs?: string[]
  country?: string[]
  party?: string[]
  text?: string[]
  urgency?: string
  remarks: boolean
  matches?: boolean
  after?: number
}

export async function addSubscription({
  json,
  quiet,
  label,
  remarks,
  ...options
}: AddOptions): Promise<void> {
  const { matches = false, after } = options
  const wanted = {
    label,
    filter: filterFrom(options),
    remarks,
    matches,
    target: targetFrom(options),
    ...(after !== undefined && { after }),
  }
  const client = await clientFrom(options)
  const shown = await client.post('/v1/subscriptions', wanted, shownAnswer)
  if (json) printJson(shown)
  else print(shown.subscription.id)
  sayShown(shown, { url: client.url, quiet })
}

/** What is shown once, and what to do with it. */
export function sayShown(
  { subscription, secret, links }: ShownAnswer,
  { url, quiet }: { url: string; quiet: boolean | undefined },
): void {
  if (secret !== undefined) {
    say(`secret: ${secret}`)
    say(
      `Give it to the receiver: it is shown this once. Then: focalpoint subscribe test ${subscription.id}`,
      { quiet },
    )
  }
  if (links === undefined) return
  say(`atom: ${new URL(links.atom, url)}\njson: ${new URL(links.json, url)}`)
  say('Whoever has one of these links can read the feed; they are shown this once.', { quiet })
}

function targetFrom({ webhook, feed }: Pick<AddOptions, 'webhook' | 'feed'>): object {
  if (webhook !== undefined && !feed) return { kind: 'webhook', url: webhook }
  if (feed && webhook === undefined) return { kind: 'feed' }
  const what = 'Say where to be told: either --webhook URL or --feed.'
  throw new FocalpointError('usage', what, { what })
}

function filterFrom(options: Omit<AddOptions, 'label' | 'remarks'>): object {
  const { type, goods, category, hs, country, party, text, urgency } = options
  const given = {
    types: type,
    goods,
    categories: category,
    hs,
    countries: country,
    parties: party,
    text,
    urgency,
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

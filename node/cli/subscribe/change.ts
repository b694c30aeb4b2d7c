import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { printJson, say } from '../talk.ts'
import { sayShown } from './add.ts'
import { shownAnswer, subscriptionAnswer } from './answers.ts'

type ChangeOptions = NodeAddress & Listing

export async function pauseSubscription(id: string, options: ChangeOptions): Promise<void> {
  await change(`${pathOf(id)}/pause`, { ...options, done: 'Paused: what comes in waits.' })
}

export async function resumeSubscription(
  id: string,
  { skipDeadLetters, ...options }: ChangeOptions & { skipDeadLetters?: boolean },
): Promise<void> {
  const query = skipDeadLetters ? '?skipDeadLetters=true' : ''
  await change(`${pathOf(id)}/resume${query}`, { ...options, done: 'Resumed: what waited is sent now.' })
}

export async function rotateSecret(id: string, { json, quiet, ...address }: ChangeOptions): Promise<void> {
  const client = await clientFrom(address)
  const shown = await client.post(`${pathOf(id)}/rotate-secret`, undefined, shownAnswer)
  if (json) printJson(shown)
  sayShown(shown, { url: client.url, quiet })
  if (shown.secret !== undefined) say('For a day what is sent bears the signatures of both.', { quiet })
}

export async function removeSubscription(id: string, { quiet, ...address }: ChangeOptions): Promise<void> {
  const client = await clientFrom(address)
  await client.delete(pathOf(id))
  say('Removed.', { quiet })
}

export function pathOf(id: string): string {
  return `/v1/subscriptions/${encodeURIComponent(id)}`
}

async function change(
  path: string,
  { json, quiet, done, ...address }: ChangeOptions & { done: string },
): Promise<void> {
  const client = await clientFrom(address)
  const changed = await client.post(path, undefined, subscriptionAnswer)
  if (json) printJson(changed)
  say(done, { quiet })
}

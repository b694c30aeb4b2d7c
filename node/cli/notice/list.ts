import { draftsAnswer, noticesAnswer } from '../answers.ts'
import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { fittingText } from '../table.ts'
import { print, printJson, say } from '../talk.ts'

interface ListOptions extends NodeAddress, Listing {
  type?: string
  issuer?: string
  hs?: string
  goods?: string
  country?: string
  search?: string
  status?: string
  standing?: string
  since?: string
  limit: number
  cursor?: string
  drafts?: boolean
}

export async function listNotices(options: ListOptions): Promise<void> {
  if (options.drafts) return listDrafts(options)
  const { search, json, quiet, url, token, tokenFile, drafts: _, ...filters } = options
  const client = await clientFrom(options)
  const { items: notices, next } = await client.getPage('/v1/notices', noticesAnswer, {
    query: { ...filters, q: search },
    parameter: 'cursor',
  })
  if (json) printJson(notices)
  else if (notices.length === 0) say('No notice meets this.', { quiet })
  else {
    const rows = notices.map(each => [
      each.issuedAt.slice(0, 10),
      each.issuer,
      each.exercise ? `${each.type} (exercise)` : each.type,
      each.summary,
      each.status,
      each.standing,
      each.id,
    ])
    print(fittingText(['date', 'issuer', 'type', 'summary', 'status', 'standing', 'id'], rows))
  }
  if (next !== undefined) say(`more: --cursor ${next}`, { quiet })
}

/** What a releaser must read before releasing it. */
async function listDrafts(options: ListOptions): Promise<void> {
  const client = await clientFrom(options)
  const drafts = await client.get('/v1/drafts', draftsAnswer)
  if (options.json) printJson(drafts)
  else if (drafts.length === 0)
    say('No draft waits for release, and none was sent back.', { quiet: options.quiet })
  else {
    const rows = drafts.map(({ id, updatedAt, draft, returned }) => [
      updatedAt.slice(0, 10),
      draft.type,
      returned ? 'sent back' : 'waiting for release',
      id,
    ])
    print(fittingText(['date', 'type', 'status', 'id'], rows))
  }
}

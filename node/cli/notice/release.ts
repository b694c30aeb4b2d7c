import { randomUUID } from 'node:crypto'
import { noticeAnswer } from '../answers.ts'
import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { print, printJson, say } from '../talk.ts'

interface ReleaseOptions extends NodeAddress, Listing {
  idempotencyKey?: string
  /** The version that was read. */
  read?: number
}

/** Releases a draft and prints the id of the notice that it became. */
export async function releaseDraft(
  draft: string,
  { read, idempotencyKey = randomUUID(), json, quiet, ...address }: ReleaseOptions,
): Promise<void> {
  const client = await clientFrom(address)
  const notice = await client.post(
    `/v1/drafts/${encodeURIComponent(draft)}/release`,
    undefined,
    noticeAnswer,
    {
      'idempotency-key': idempotencyKey,
      ...(read !== undefined && { 'if-match': `"${read}"` }),
    },
  )
  if (json) printJson(notice)
  else print(notice.id)
  say(`Issued as notice ${notice.seq} of ${notice.issuer} in ${notice.channel}: ${notice.summary}`, { quiet })
}

import { type Draft, parseNotice, type Registry } from '#protocol'
import { findingsOf } from '../../node/content.ts'
import { openStore } from '../../node/store/index.ts'
import type { Alliance } from '../alliance.ts'
import { signedLogs } from './catch-up-logs.ts'

/** Writes that are under way at once. */
const atOnce = 256

/** Puts the logs of these issuers into a store that no node has open, as if they had been imported. */
export async function fillStore({
  dir,
  alliance,
  registry,
  issuers,
  draft,
  count,
  types,
}: {
  dir: string
  alliance: Alliance
  registry: Registry
  issuers: readonly string[]
  draft: Draft
  /** Notices of each issuer. */
  count: number
  /** By which they are indexed; none when nobody searches. */
  types: Parameters<typeof findingsOf>[2]
}): Promise<void> {
  await using store = await openStore({ dir })
  const { net, members } = registry
  let writing: Promise<void>[] = []
  for await (const text of signedLogs({ alliance, net, members, issuers, draft, count })) {
    const { envelope, parts } = parseNotice(text, { net })
    const how = {
      erased: [],
      wanted: [],
      road: 'import',
      from: envelope.issuer,
      receivedAt: envelope.iat,
      isVoid: false,
    } as const
    const findings = findingsOf(envelope, parts, types)
    writing.push(store.write(store.notices.admissionOps({ envelope, parts, ...how, ...findings })))
    if (writing.length < atOnce) continue
    await Promise.all(writing)
    writing = []
  }
  await Promise.all(writing)
}

import { dayOf, isError, isPast, noticeText, parseNotice } from '#protocol'
import type { LastSigned, LastSignedFiles } from './last-signed.ts'
import type { Store } from './store/index.ts'

export interface EraserOptions {
  net: string
  channels: () => readonly string[]
  store: Store
  files: LastSignedFiles
  now: () => number
  onErased: (id: string, names: readonly string[]) => void
  /** Deletes consignments whose last day is over. */
  removeDueConsignments: () => Promise<unknown>
}

/**
 * Deletes every part whose last day is past from all that this node keeps: store, indexes, search words, drafts,
 * kept consignments and the record of what was signed last; then compacts, so that no file holds a byte of it. Gives how many parts went.
 */
export async function eraseDueParts(options: EraserOptions): Promise<number> {
  const { channels, store, files, now, onErased } = options
  let erased = 0
  for (const { id, names } of await store.erasure.dueParts(dayOf(now()))) {
    await store.write([...store.erasure.eraseOps(id, names, now()), ...store.erasure.unfinishedOps()])
    onErased(id, names)
    erased += names.length
  }
  await removeDueDrafts(options)
  await options.removeDueConsignments()
  for (const channel of channels()) await files.replace(channel, record => withoutDueParts(record, options))
  // Also after a crash between erasing and compacting: what was begun is finished.
  if (store.erasure.isUnfinished()) await store.compact()
  return erased
}

/** A draft holds the same text as the notice it will be: it may be kept no longer. */
async function removeDueDrafts({ store, now }: EraserOptions): Promise<void> {
  for (const stored of store.drafts.list()) {
    if (stored.releasedAs !== undefined) continue
    const isDue = Object.values(stored.draft.parts).some(
      ({ until }) => until !== undefined && isPast(until, now()),
    )
    if (!isDue) continue
    const gone = [...store.drafts.deleteOps(stored.id), ...store.erasure.unfinishedOps()]
    await store.write(gone).catch(error => {
      // Released or thrown away at this very moment: then its text is the notice's, or nobody's.
      if (!isError(error, 'already-released') && !isError(error, 'not-found')) throw error
    })
  }
}

/** The record with what may still be kept of its notice, or undefined where nothing is to go. */
function withoutDueParts(
  record: LastSigned | undefined,
  { net, store, now }: EraserOptions,
): LastSigned | undefined {
  if (record === undefined || record.notice === null) return undefined
  const { envelope, parts } = parseNotice(record.notice, { net })
  const kept = parts.filter(({ name }) => {
    const until = envelope.parts[name]?.until
    return !(until !== undefined && isPast(until, now())) && !store.erasure.isErased(envelope.id, name)
  })
  return kept.length === parts.length
    ? undefined
    : { ...record, notice: noticeText({ envelope, parts: kept }) }
}

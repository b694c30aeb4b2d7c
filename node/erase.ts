import { dayOf } from '#protocol'
import { lastSignedRecord } from './issue.ts'
import type { LastSignedFiles } from './last-signed.ts'
import type { Store } from './store/index.ts'

export interface EraserOptions {
  member: string
  channels: readonly string[]
  store: Store
  files: LastSignedFiles
  now: () => number
  onErased: (id: string, names: readonly string[]) => void
}

/**
 * Deletes every part whose last day is past from all that this node keeps: store, indexes, search words and the record
 * of what was signed last; then compacts, so that no file holds a byte of it. Gives how many parts went.
 */
export async function eraseDueParts({ member, channels, store, files, now, onErased }: EraserOptions): Promise<number> {
  let erased = 0
  for (const { id, names } of await store.erasure.dueParts(dayOf(now()))) {
    await store.write(store.erasure.eraseOps(id, names, now()))
    onErased(id, names)
    erased += names.length
  }
  if (erased === 0) return 0
  for (const channel of channels) {
    const record = await files.read(channel)
    const fitting = lastSignedRecord(store, channel, member)
    if (record !== undefined && record.id === fitting.id) await files.write(channel, fitting)
  }
  await store.compact()
  return erased
}

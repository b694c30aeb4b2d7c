import { FocalpointError } from '#protocol'
import { feedFloorRow } from './feed.ts'
import { tables } from './keys.ts'
import type { Database } from './rows.ts'

/** The version of the key table and of what stands in its rows. */
export const schema = '2'

/**
 * Marks a new store with its version, and with the cursor above which its feed begins. Throws `store-version-differs`
 * rather than misread rows of another one.
 */
export async function checkSchema(database: Database, { feedFloor = 0 } = {}): Promise<void> {
  const key = tables.meta.key('schema')
  const stored = database.stored(key)
  // Before version 2 values had no checksum.
  const found = stored === '1' ? stored : database.get(key)
  if (found === schema) return
  if (found !== undefined) {
    throw new FocalpointError(
      'store-version-differs',
      `This store is of version ${found} and this focalpoint reads version ${schema}: use the focalpoint that wrote it.`,
      { found, reads: schema },
    )
  }
  if ((await database.scanKeys({ limit: 1 })).length > 0) {
    throw new FocalpointError('store-damaged', 'The store does not say of which version it is.', {
      what: 'no version',
    })
  }
  const floor = feedFloorRow(feedFloor)
  const rows = new Map([[key, schema]])
  if (feedFloor > 0 && floor.type === 'put') rows.set(floor.key, floor.value)
  await database.batch(rows, { sync: true })
}

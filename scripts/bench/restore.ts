import { type Restored, restoredThings, restoreRounds } from '../crash/restore.ts'
import type { BenchOptions, Row } from './rows.ts'

/** What is put back, in the words of a table. */
const names: Record<Restored, string> = {
  'data folder': 'old data folder put back',
  database: 'old database alone put back',
  'last-signed': 'old last-signed alone put back',
  nothing: 'emptied folder, only the key left',
}

/** Places signed twice by a node that comes back with an older memory, beside the same without the guard. */
export async function run({ seed, rounds = 20 }: BenchOptions): Promise<Row[]> {
  const rows: Row[] = []
  for (const restored of restoredThings) {
    const guarded = await restoreRounds({ restored, rounds, seed })
    const unguarded = await restoreRounds({ restored, rounds, seed, unsafeNoGuard: true })
    rows.push({
      name: `${names[restored]}: places signed twice`,
      value: guarded.placesSignedTwice,
      unit: 'places',
      target: '0',
      met: guarded.placesSignedTwice === 0 && guarded.rightNext === rounds,
      beside: {
        rounds,
        'refused to sign before hearing from anybody, rounds': guarded.refusedAlone,
        'then signed the right next place, rounds': guarded.rightNext,
        'without the guard, places signed twice': unguarded.placesSignedTwice,
      },
    })
  }
  return rows
}

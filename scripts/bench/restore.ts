import { type Restored, restoredThings, restoreRounds } from '../crash/restore.ts'
import type { BenchOptions, Row } from './rows.ts'

/** What is put back, in the words of a table. */
const names: Record<Restored, string> = {
  backup: 'backup restored',
  'data folder': 'old data folder put back',
  database: 'old database alone put back',
  'last-signed': 'old last-signed alone put back',
  nothing: 'emptied folder, only the key left',
}

/** Rounds of each control run. */
const controlRounds = 10

/** Places signed twice by a node that comes back with an older memory, beside the same without the guard. */
export async function run({ seed, rounds = 20 }: BenchOptions): Promise<Row[]> {
  return Promise.all(restoredThings.map(restored => rowOf(restored, { seed, rounds })))
}

async function rowOf(restored: Restored, { seed, rounds }: Required<BenchOptions>): Promise<Row> {
  const guarded = await restoreRounds({ restored, rounds, seed })
  const control = Math.min(controlRounds, rounds)
  const unguarded = await restoreRounds({ restored, rounds: control, seed, unsafeNoGuard: true })
  return {
    name: `${names[restored]}: places signed twice`,
    value: guarded.placesSignedTwice,
    unit: 'places',
    target: '0',
    met: guarded.placesSignedTwice === 0 && guarded.rightNext === rounds,
    beside: {
      rounds,
      'refused to sign before hearing from anybody, rounds': guarded.refusedAlone,
      'then signed the right next place, rounds': guarded.rightNext,
      [`without the guard, ${control} rounds, places signed twice`]: unguarded.placesSignedTwice,
      // The database knows what was signed, so nothing has to be guarded against here but itself.
      ...(restored === 'last-signed' && { 'why not more': 'the database still knows what was signed' }),
    },
  }
}

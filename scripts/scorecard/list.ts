import type { ScoreRow } from './row.ts'

/** Rows that measure times: nothing runs beside them. */
export const timedRows: readonly string[] = [
  'forks',
  'full-disk',
  'malformed',
  'arrival',
  'flood',
  'valid-flood',
  'malicious-third',
  'strangers',
  'stalled-peer',
  'split',
  'revocation',
]

/** Every row, in the order of the table; each is loaded only in the process that runs it. */
export const rows: Readonly<Record<string, () => Promise<{ row: ScoreRow }>>> = {
  kill: () => import('./rows/kill.ts'),
  'power-cut': () => import('./rows/power-cut.ts'),
  flip: () => import('./rows/flip.ts'),
  restore: () => import('./rows/restore.ts'),
  forks: () => import('./rows/forks.ts'),
  'full-disk': () => import('./rows/full-disk.ts'),
  malformed: () => import('./rows/malformed.ts'),
  pages: () => import('./rows/pages.ts'),
  arrival: () => import('./rows/arrival.ts'),
  texts: () => import('./rows/texts.ts'),
  flood: () => import('./rows/flood.ts'),
  'valid-flood': () => import('./rows/valid-flood.ts'),
  'malicious-third': () => import('./rows/malicious-third.ts'),
  strangers: () => import('./rows/strangers.ts'),
  'stalled-peer': () => import('./rows/stalled-peer.ts'),
  split: () => import('./rows/split.ts'),
  registry: () => import('./rows/registry.ts'),
  coordinators: () => import('./rows/coordinators.ts'),
  revocation: () => import('./rows/revocation.ts'),
  verdicts: () => import('./rows/verdicts.ts'),
  replay: () => import('./rows/replay.ts'),
  clock: () => import('./rows/clock.ts'),
}

import type { Row } from '../bench/rows.ts'

/** One figure of the scorecard. */
export interface Result extends Row {
  /** How many rounds, inputs or cases were really run. */
  rounds?: number
  /** Time that it took; the frame puts that of the whole row where a row says nothing. */
  seconds?: number
}

export interface RowOptions {
  seed: number
  /** The quick form, for CI: all rows together take some five minutes. */
  short: boolean
  /** How many rounds, where somebody asked for another number than the row's own. */
  rounds?: number
  /** Aborted when the row's time is over or the run is given up. */
  signal: AbortSignal
}

/** One row of the scorecard: it runs in a process of its own, and may give several figures. */
export interface ScoreRow {
  /** As in `--row NAME`. */
  name: string
  /** What it tries, in words. */
  title: string
  /** In words, such as "0" or "≤ 250 ms". */
  target: string
  /** How many rounds a run has, in full and with `--short`. */
  rounds?: { full: number; short: number }
  /** Seconds after which it is given up, in full and with `--short`. */
  limitSeconds?: { full: number; short: number }
  run: (options: RowOptions) => Promise<Result[]>
}

/** How many rounds to run. */
export function roundsOf(
  { rounds }: Pick<ScoreRow, 'rounds'>,
  options: Pick<RowOptions, 'short' | 'rounds'>,
): number {
  return options.rounds ?? (options.short ? rounds?.short : rounds?.full) ?? 1
}

/** A benchmark's row as one of the scorecard, where rounds have a column of their own. */
export function withRounds({ beside, ...row }: Row, rounds: number): Result {
  const { rounds: _, ...others } = beside
  return { ...row, beside: others, rounds }
}

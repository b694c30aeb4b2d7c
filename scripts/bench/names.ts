import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { compareNames, meetAt } from '../../node/screening/names/compare.ts'
import { readingsOf } from '../../node/screening/names/readings.ts'
import { type NamePair, readPairs } from '../names/pairs.ts'
import type { Row } from './rows.ts'

/** Only counted: no program prints a row of it. */
const heldOut = join(import.meta.dirname, '..', 'names', 'held-out.tsv')
const recallAt = 0.9
const precisionLeast = 0.95

/** A pair, and how near a way of comparing finds its names. */
type Scored = NamePair & { nearness: number }

/** How well names are told apart, on the half of the labelled pairs that nobody looked at while tuning. */
export async function run(): Promise<Row[]> {
  const pairs = await readPairs(heldOut)
  const ours = pairs.map(pair => ({ ...pair, nearness: nearnessOf(pair.one, pair.other) }))
  const others = {
    minisearch: byMiniSearch(pairs),
    'exact, after folding': pairs.map(pair => ({
      ...pair,
      nearness: Number(fold(pair.one) === fold(pair.other)),
    })),
  }
  const byScripts = Map.groupBy(ours, ({ scripts }) => scripts)
  return [
    precisionRow(`held-out half, ${pairs.length} pairs`, ours, others),
    thresholdRow(ours, others),
    ...[...byScripts]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([scripts, some]) => scriptsRow(scripts, some)),
  ]
}

function precisionRow(name: string, ours: Scored[], others: Record<string, Scored[]>): Row {
  const { precision, at } = atRecall(ours, recallAt)
  return {
    name: `${name}: precision at recall ${recallAt}`,
    value: precision,
    unit: '',
    target: `≥ ${precisionLeast}`,
    met: precision >= precisionLeast,
    beside: {
      'at nearness': at,
      ...Object.fromEntries(Object.entries(others).map(([other, scored]) => [other, besideOf(scored)])),
    },
  }
}

/** What officers meet: the threshold is not chosen by the half that it is measured on. */
function thresholdRow(ours: Scored[], others: Record<string, Scored[]>): Row {
  const { precision, recall } = figuresAt(ours, meetAt)
  return {
    name: `held-out half: precision from nearness ${meetAt} on, as nodes use it`,
    value: precision,
    unit: '',
    target: `≥ ${precisionLeast}`,
    met: precision >= precisionLeast,
    beside: {
      recall,
      ...Object.fromEntries(
        Object.entries(others).map(([other, scored]) => [
          `${other}, recall at our precision`,
          recallAtPrecision(scored, precision),
        ]),
      ),
    },
  }
}

function scriptsRow(scripts: string, some: Scored[]): Row {
  const { precision, recall } = figuresAt(some, meetAt)
  return {
    name: `${scripts}, ${some.length} pairs: precision from nearness ${meetAt} on`,
    value: precision,
    unit: '',
    target: `≥ ${precisionLeast} at recall ≥ ${recallAt}`,
    met: precision >= precisionLeast && recall >= recallAt,
    beside: { recall, 'of these the same party': some.filter(isSame).length },
  }
}

function nearnessOf(one: string, other: string): number {
  return Math.max(
    ...readingsOf(one).flatMap(words =>
      readingsOf(other).map(others => compareNames(words, others).nearness),
    ),
  )
}

/** As one would use it: the other name alone is indexed among all, and its score is taken as a share of its score for itself. */
function byMiniSearch(pairs: readonly NamePair[]): Scored[] {
  const index = new MiniSearch<{ id: number; name: string }>({ fields: ['name'], processTerm: fold })
  index.addAll(pairs.map(({ other }, id) => ({ id, name: other })))
  const scoreOf = (text: string, id: number) =>
    index.search(text, { fuzzy: 0.2, filter: found => found.id === id })[0]?.score ?? 0
  return pairs.map((pair, id) => ({
    ...pair,
    nearness: scoreOf(pair.one, id) / Math.max(scoreOf(pair.other, id), Number.EPSILON),
  }))
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function isSame({ label }: NamePair): boolean {
  return label === 'same'
}

function figuresAt(scored: readonly Scored[], at: number): { precision: number; recall: number } {
  const met = scored.filter(({ nearness }) => nearness >= at)
  const right = met.filter(isSame).length
  return {
    precision: met.length === 0 ? 0 : right / met.length,
    recall: right / Math.max(1, scored.filter(isSame).length),
  }
}

/** The best precision among the thresholds that reach this recall. */
function atRecall(scored: readonly Scored[], least: number): { precision: number; at: number } {
  const found = thresholdsOf(scored)
    .map(at => ({ at, ...figuresAt(scored, at) }))
    .filter(({ recall }) => recall >= least)
  return found.reduce((best, each) => (each.precision > best.precision ? each : best), {
    at: 0,
    precision: 0,
  })
}

function recallAtPrecision(scored: readonly Scored[], least: number): number {
  const found = thresholdsOf(scored).map(at => figuresAt(scored, at))
  return Math.max(0, ...found.filter(({ precision }) => precision >= least).map(({ recall }) => recall))
}

function thresholdsOf(scored: readonly Scored[]): number[] {
  return [...new Set(scored.map(({ nearness }) => nearness))].filter(at => at > 0)
}

/** Where the recall is not reached at all, the most that is. */
function besideOf(scored: readonly Scored[]): string {
  const { precision } = atRecall(scored, recallAt)
  const most = Math.max(...thresholdsOf(scored).map(at => figuresAt(scored, at).recall))
  return precision > 0
    ? `precision ${precision.toFixed(2)}`
    : `never reaches that recall; at most ${most.toFixed(2)}`
}

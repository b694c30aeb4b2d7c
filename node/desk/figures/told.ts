import type { NoticeType } from '#protocol'
import type { Counts, NoticeFigures } from './figures.ts'
import type { Burden, BurdenOf, FlowFigures } from './flows.ts'
import { type Figure, hideSmall, told } from './hiding.ts'
import { all, type Published, publish } from './published.ts'
import { type Entry, leastTold } from './working-out.ts'

/** What everybody is told of the figures, on pages and by the API: nothing that could point to one consignment. */
export interface Told extends ToldNotices {
  flows: Published
  burden: ToldBurden
  burdenBy: (ToldBurden & Pick<BurdenOf, 'of'>)[]
}

type ToldCounts = { [name: string]: Figure }

export interface ToldNotices {
  total: Figure
  byType: ToldCounts
  byIssuer: ToldCounts
  byMonth: ToldCounts
  byStatus: ToldCounts
  byGoods: ToldCounts
}

/** Rounded down, so that one more sighting does not show. */
export interface ToldBurden {
  sightings: Figure
  burdened: Figure
  falseAlarms: Figure
  /** Absent while too few sightings tell of hours. */
  heldHours?: { sum: Figure; median: number }
}

export async function toldFigures(
  { notices, trade }: { notices: NoticeFigures; trade: FlowFigures },
  types: readonly NoticeType[],
): Promise<Told> {
  const flows = await publish(trade.flows)
  const total = flows.find({ goods: all, from: all, to: all, month: all })
  // The flows and the count of sightings together would tell how many are in no flow.
  const isLeftSmall = trade.inNoFlow > 0 && trade.inNoFlow < leastTold
  const isHidden = isLeftSmall || (total !== undefined && total.kind !== 'exact')
  const ofTrade = types.filter(({ tradeFlow, answers }) => tradeFlow && !answers).map(({ name }) => name)
  return {
    ...(await toldNotices(notices, isHidden ? ofTrade : [])),
    flows,
    burden: toldBurden(trade.burden),
    burdenBy: trade.burdenBy.map(({ of, ...burden }) => ({ of, ...toldBurden(burden) })),
  }
}

/** Each of these tables comes to the total, so what one hides another must not tell; goods do not, for a notice names several. */
async function toldNotices(
  { total, byGoods, ...tables }: NoticeFigures,
  hidden: readonly string[],
): Promise<ToldNotices> {
  const sum: Entry = { count: total, telling: 'exact' }
  const entries = {
    byType: entriesOf(tables.byType),
    byIssuer: entriesOf(tables.byIssuer),
    byMonth: entriesOf(tables.byMonth),
    byStatus: entriesOf(tables.byStatus),
  }
  // What the flows hide in all is hidden here, too.
  for (const [name, entry] of entries.byType) if (hidden.includes(name)) entry.telling = 'bound'
  const lines = Object.values(entries)
    .filter(({ size }) => size > 0)
    .map(table => ({ sum, of: [...table.values()] }))
  await hideSmall([sum, ...lines.flatMap(({ of }) => of)], lines)
  const goods = entriesOf(byGoods)
  await hideSmall([...goods.values()], [])
  return {
    total: told(sum),
    byType: toldCounts(entries.byType),
    byIssuer: toldCounts(entries.byIssuer),
    byMonth: toldCounts(entries.byMonth),
    byStatus: toldCounts(entries.byStatus),
    byGoods: toldCounts(goods),
  }
}

function entriesOf(counts: Counts): Map<string, Entry> {
  return new Map(Object.entries(counts).map(([name, count]) => [name, { count, telling: 'exact' }]))
}

function toldCounts(entries: ReadonlyMap<string, Entry>): ToldCounts {
  return Object.fromEntries(Array.from(entries, ([name, entry]) => [name, told(entry)]))
}

/** Steps in which sums are told: one more sighting does not show in them. */
const countStep = 5
const hourStep = 10

function toldBurden({ sightings, burdened, falseAlarms, heldHours }: Burden): ToldBurden {
  // Both, for the one is what the other leaves.
  const isLeftSmall = falseAlarms > 0 && burdened - falseAlarms < leastTold
  return {
    sightings: rounded(sightings, countStep),
    burdened: sightings < leastTold && sightings > 0 ? few : rounded(burdened, countStep),
    falseAlarms: isLeftSmall ? few : rounded(falseAlarms, countStep),
    ...(heldHours.sightings >= leastTold && {
      heldHours: { sum: rounded(heldHours.sum, hourStep), median: heldHours.median ?? 0 },
    }),
  }
}

const few: Figure = { kind: 'few' }

function rounded(count: number, step: number): Figure {
  if (count === 0) return { kind: 'exact', count }
  if (count < leastTold) return few
  return { kind: 'least', count: Math.max(leastTold, Math.floor(count / step) * step) }
}

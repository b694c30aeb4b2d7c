import type { Flow } from './flows.ts'
import { type Figure, hideSmall, told } from './hiding.ts'
import { pausesOf } from './pauses.ts'
import type { Entry, Line } from './working-out.ts'

/** What a figure counts; `*` stands for all of a dimension. */
export type Cell = Omit<Flow, 'sightings'>

export const all = '*'

const dimensions = ['goods', 'from', 'to', 'month'] as const

export interface Published {
  /** Undefined where there was none. */
  find(cell: Cell): Figure | undefined
  /** Every value that occurs, in order. */
  values(dimension: keyof Cell): string[]
  /** Of each goods and route that occurs. */
  routes(): Cell[]
  list(): (Cell & { sightings: Figure })[]
}

interface CellEntry extends Entry {
  cell: Cell
}

/** Every figure that can be asked for, worked out at once, so that no choice of filters tells more than another. */
export async function publish(counted: readonly Flow[]): Promise<Published> {
  const entries = await countAll(counted)
  await hideSmall([...entries.values()], await linesOf(entries))
  return {
    find: cell => {
      const entry = entries.get(keyOf(cell))
      return entry && told(entry)
    },
    values: dimension => [...new Set(counted.map(each => each[dimension]))].sort(),
    routes: () => [
      ...new Map(counted.map(each => [keyOf({ ...each, month: all }), { ...each, month: all }])).values(),
    ],
    list: () =>
      Array.from(entries.values(), entry => ({ ...entry.cell, sightings: told(entry) })).filter(isListed),
  }
}

/** Single figures, and the sums that are asked for most: by goods, by route, by month, and of everything. */
function isListed({ goods, from, to, month }: Cell): boolean {
  const isWay = from !== all && to !== all
  return isWay
    ? goods !== all || month === all
    : from === all && to === all && (goods === all || month === all)
}

/** What several figures come to; only of what is told. */
export function sumOf(figures: readonly (Figure | undefined)[]): Figure | undefined {
  const [first, ...others] = figures.filter(figure => figure !== undefined)
  if (first === undefined || others.length === 0) return first
  const some = [first, ...others]
  const count = some.reduce((sum, figure) => sum + lowestOf(figure), 0)
  return { kind: some.every(({ kind }) => kind === 'exact') ? 'exact' : 'least', count }
}

/** What it is at least. */
export function lowestOf(figure: Figure): number {
  return figure.kind === 'few' || figure.kind === 'some' ? 1 : figure.count
}

async function countAll(counted: readonly Flow[]): Promise<Map<string, CellEntry>> {
  const pause = pausesOf()
  const entries = new Map<string, CellEntry>()
  for (const { sightings, ...base } of counted) {
    for (const cell of withAll(base)) {
      const key = keyOf(cell)
      const entry = entries.get(key) ?? { cell, count: 0, telling: 'exact' as const }
      entry.count += sightings
      entries.set(key, entry)
    }
    await pause()
  }
  return entries
}

/** With `*` in the place of each dimension or not: sixteen. */
function withAll({ goods, from, to, month }: Cell): Cell[] {
  return dimensions.reduce<Cell[]>(
    (cells, dimension) => cells.flatMap(cell => [cell, { ...cell, [dimension]: all }]),
    [{ goods, from, to, month }],
  )
}

async function linesOf(entries: ReadonlyMap<string, CellEntry>): Promise<Line[]> {
  const pause = pausesOf()
  const lines = new Map<string, Line>()
  for (const entry of entries.values()) {
    for (const dimension of dimensions.filter(each => entry.cell[each] !== all)) {
      const key = keyOf({ ...entry.cell, [dimension]: all })
      const sum = entries.get(key)
      if (sum === undefined) continue
      const line = lines.get(`${dimension} ${key}`) ?? { sum, of: [] }
      line.of.push(entry)
      lines.set(`${dimension} ${key}`, line)
    }
    await pause()
  }
  return [...lines.values()]
}

function keyOf({ goods, from, to, month }: Cell): string {
  return `${goods} ${from} ${to} ${month}`
}

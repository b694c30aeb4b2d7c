/** What a figure counts; `*` stands for all of a dimension. */
export interface Cell {
  goods: string
  from: string
  to: string
  /** YYYY-MM. */
  month: string
}

export interface Counted extends Cell {
  sightings: number
}

/** A figure as everybody is told it; `least` is exact from below only. */
export type Figure = { kind: 'exact' | 'least'; count: number } | { kind: 'few' }

export const all = '*'

/**
 * The smallest figure that is told: one or two sightings can point to a consignment, and with it to a trader or a
 * person, for whoever knows a little more.
 */
export const leastTold = 3

const dimensions = ['goods', 'from', 'to', 'month'] as const

export interface Published {
  /** Undefined where there was none. */
  find(cell: Cell): Figure | undefined
  /** Every value that occurs, in order. */
  values(dimension: keyof Cell): string[]
  /** Of each goods and route that occurs. */
  routes(): Cell[]
}

interface Entry {
  cell: Cell
  count: number
  isHidden: boolean
}

/**
 * Every figure that the page can ask for, worked out at once, so that no choice of filters tells more than another:
 *
 * 1. Count each combination of goods, country of dispatch, of destination and month, and of all of each.
 * 2. Hide what is below `leastTold`.
 * 3. Along every line of figures that add up to a sum, hide further ones, the smallest first and the sum last, until
 *    what is hidden can no longer be worked out from the rest. Again, until no line changes.
 *
 * What is hidden is told as "fewer than 3" or as "3 or more", and sums are made of what is told alone.
 */
export function publish(counted: readonly Counted[]): Published {
  const entries = countAll(counted)
  const lines = linesOf(entries)
  while (lines.filter(protect).length > 0);
  return {
    find: cell => {
      const entry = entries.get(keyOf(cell))
      return entry && told(entry)
    },
    values: dimension => [...new Set(counted.map(each => each[dimension]))].sort(),
    routes: () => [
      ...new Map(counted.map(each => [keyOf({ ...each, month: all }), { ...each, month: all }])).values(),
    ],
  }
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
  return figure.kind === 'few' ? 1 : figure.count
}

function told({ count, isHidden }: Entry): Figure {
  if (!isHidden) return { kind: 'exact', count }
  return count < leastTold ? { kind: 'few' } : { kind: 'least', count: leastTold }
}

function countAll(counted: readonly Counted[]): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const { sightings, ...base } of counted) {
    for (const cell of withAll(base)) {
      const key = keyOf(cell)
      const entry = entries.get(key) ?? { cell, count: 0, isHidden: false }
      entry.count += sightings
      entries.set(key, entry)
    }
  }
  for (const entry of entries.values()) entry.isHidden = entry.count < leastTold
  return entries
}

/** With `*` in the place of each dimension or not: sixteen. */
function withAll({ goods, from, to, month }: Cell): Cell[] {
  return dimensions.reduce<Cell[]>(
    (cells, dimension) => cells.flatMap(cell => [cell, { ...cell, [dimension]: all }]),
    [{ goods, from, to, month }],
  )
}

/** A sum, and the figures that add up to it. */
interface Line {
  sum: Entry
  of: Entry[]
}

function linesOf(entries: ReadonlyMap<string, Entry>): Line[] {
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
  }
  return [...lines.values()]
}

/** Whether something more had to be hidden. */
function protect({ sum, of }: Line): boolean {
  if (sum.isHidden || isSafe(of.filter(({ isHidden }) => isHidden))) return false
  const [smallest] = of.filter(({ isHidden }) => !isHidden).toSorted((a, b) => a.count - b.count)
  const victim = smallest ?? sum
  victim.isHidden = true
  return true
}

/** Whoever knows what these come to together still finds each small one to be possibly 1 and possibly 2. */
function isSafe(hidden: readonly Entry[]): boolean {
  if (hidden.length === 0) return true
  const small = hidden.filter(({ count }) => count < leastTold).length
  const large = hidden.length - small
  const sum = hidden.reduce((total, { count }) => total + count, 0)
  if (hidden.length < 2 || sum <= small + large * leastTold) return false
  return large > 0 || sum < small * (leastTold - 1)
}

function keyOf({ goods, from, to, month }: Cell): string {
  return `${goods} ${from} ${to} ${month}`
}

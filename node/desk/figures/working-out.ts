import { pausesOf } from './pauses.ts'

/** What is told of a figure: itself, its bound, or only that there was something. */
export type Telling = 'exact' | 'bound' | 'nothing'

/**
 * The smallest figure that is told: one or two sightings can point to a consignment, and with it to a trader or a
 * person, for whoever knows a little more.
 */
export const leastTold = 3

export interface Entry {
  count: number
  telling: Telling
}

/** A sum, and the figures that add up to it. */
export interface Line<Of extends Entry = Entry> {
  sum: Of
  of: Of[]
}

/** What whoever combines all that is told finds a figure to be, and the line by which each end was found. */
interface Range {
  low: number
  high: number
  lowBy?: Line
  highBy?: Line
}

type Ranges = ReadonlyMap<Entry, Range>

/** Of the ways by which a figure is found: the nearest explain it. */
const endsLookedAt = 200
/** Bounds far above small figures say nothing of them, and creep down one by one. */
const highestFollowed = 16
/** Of more none is supposed to be another number: for each all are looked at. */
const figuresSupposed = 1000
/** Some thousand goods and ways: of more, only what single lines tell is hidden. */
const figuresFollowed = 40_000

/**
 * Figures to tell less of, because small ones can be worked out with them; none when none can. Followed from line to
 * line until nothing more is found; where there are not too many figures, also by supposing that a small one is another
 * number and seeing whether that contradicts what is told. Parity, and two suppositions at once, are not tried.
 */
export async function workedOut(entries: readonly Entry[], lines: readonly Line[]): Promise<Set<Entry>> {
  if (entries.length > figuresFollowed) return new Set()
  const pause = pausesOf()
  const ranges = new Map(entries.map(entry => [entry, toldRange(entry)] as const))
  const linesOf = linesByEntry(lines)
  await narrow({ ranges, linesOf }, lines)
  const small = entries.filter(({ count }) => count < leastTold && count > 0)
  const found = small.filter(entry => isFound(rangeIn(ranges, entry)))
  const culprits = new Set<Entry>()
  for (const entry of found) {
    const culprit = culpritOf(entry, ranges)
    if (culprit !== undefined) culprits.add(culprit)
    await pause()
  }
  if (found.length > 0) return culprits
  if (entries.length > figuresSupposed) return new Set()
  for (const entry of small) {
    const culprit = await culpritBySupposing(entry, { ranges, linesOf })
    if (culprit !== undefined) return new Set([culprit])
    await pause()
  }
  return new Set()
}

function isFound({ low, high }: Range): boolean {
  return low === high
}

interface Known {
  ranges: Ranges
  linesOf: ReadonlyMap<Entry, Line[]>
}

/** A figure to tell less of, when this one can be nothing but what it is. */
async function culpritBySupposing(entry: Entry, { ranges, linesOf }: Known): Promise<Entry | undefined> {
  const { low, high } = rangeIn(ranges, entry)
  let culprit: Entry | undefined
  for (const other of [entry.count - 1, entry.count + 1].filter(each => each >= low && each <= high)) {
    const copy = new Map(Array.from(ranges, ([each, range]) => [each, { ...range }] as const))
    copy.set(entry, { low: other, high: other })
    const contradicted = await narrow({ ranges: copy, linesOf }, linesOf.get(entry) ?? [])
    if (contradicted === undefined) return undefined
    culprit ??= culpritOf(contradicted, copy, entry)
  }
  return culprit
}

function toldRange({ count, telling }: Entry): Range {
  if (telling === 'exact') return { low: count, high: count }
  if (telling === 'nothing') return { low: 1, high: Infinity }
  return count < leastTold ? { low: 1, high: leastTold - 1 } : { low: leastTold, high: Infinity }
}

function linesByEntry(lines: readonly Line[]): Map<Entry, Line[]> {
  const linesOf = new Map<Entry, Line[]>()
  for (const line of lines) {
    for (const entry of [line.sum, ...line.of]) {
      const known = linesOf.get(entry)
      if (known === undefined) linesOf.set(entry, [line])
      else known.push(line)
    }
  }
  return linesOf
}

/** As long as any line says more of any of its figures than was known; gives one that can be no number at all. */
async function narrow({ ranges, linesOf }: Known, lines: readonly Line[]): Promise<Entry | undefined> {
  const waiting = new Set(lines)
  const pause = pausesOf()
  for (const line of waiting) {
    waiting.delete(line)
    for (const entry of narrowLine(line, ranges)) {
      const { low, high } = rangeIn(ranges, entry)
      if (low > high) return entry
      for (const other of linesOf.get(entry) ?? []) waiting.add(other)
    }
    await pause()
  }
  return undefined
}

/** The figures of which more is known now. */
function narrowLine(line: Line, ranges: Ranges): Entry[] {
  const parts = line.of.map(entry => rangeIn(ranges, entry))
  const sum = rangeIn(ranges, line.sum)
  const low = parts.reduce((total, part) => total + part.low, 0)
  const unbounded = parts.filter(part => part.high === Infinity).length
  const bounded = parts.reduce((total, part) => total + (part.high === Infinity ? 0 : part.high), 0)
  const othersHigh = ({ high }: Range) => {
    if (unbounded > (high === Infinity ? 1 : 0)) return Infinity
    return high === Infinity ? bounded : bounded - high
  }
  const narrowed = line.of.filter(entry => {
    const part = rangeIn(ranges, entry)
    return tighten(part, { low: sum.low - othersHigh(part), high: sum.high - (low - part.low) }, line)
  })
  const high = unbounded > 0 ? Infinity : bounded
  return tighten(sum, { low, high }, line) ? [...narrowed, line.sum] : narrowed
}

function rangeIn(ranges: Ranges, entry: Entry): Range {
  return ranges.get(entry) ?? toldRange(entry)
}

function tighten(range: Range, { low, high }: { low: number; high: number }, line: Line): boolean {
  const [isLow, isHigh] = [low > range.low, high < Math.min(range.high, highestFollowed)]
  if (isLow) Object.assign(range, { low, lowBy: line })
  if (isHigh) Object.assign(range, { high, highBy: line })
  return isLow || isHigh
}

/** One end of what a figure is found to be. */
interface End {
  entry: Entry
  end: 'low' | 'high'
}

/** Of what was told and by which this one was found, as far as is looked: the nearest bound, else the smallest figure. */
function culpritOf(entry: Entry, ranges: Ranges, spared = entry): Entry | undefined {
  const way: End[] = [
    { entry, end: 'high' },
    { entry, end: 'low' },
  ]
  const seen = { low: new Set<Entry>(), high: new Set<Entry>() }
  let smallest: Entry | undefined
  for (const { entry: each, end } of way) {
    if (smallest !== undefined && seen.low.size + seen.high.size > endsLookedAt) break
    if (seen[end].has(each)) continue
    seen[end].add(each)
    const line = ranges.get(each)?.[`${end}By`]
    if (line !== undefined) way.push(...causesIn(line, { entry: each, end }))
    else if (each === spared || !tells(each, end)) continue
    else if (each.telling === 'bound') return each
    else if (smallest === undefined || each.count < smallest.count) smallest = each
  }
  return smallest ?? (spared.telling === 'nothing' ? undefined : spared)
}

/** A sum ends where its parts end; a part ends where the sum does, less where the others begin. */
function causesIn({ sum, of }: Line, { entry, end }: End): End[] {
  if (entry === sum) return of.map(part => ({ entry: part, end }))
  const others = end === 'low' ? 'high' : 'low'
  return [
    { entry: sum, end },
    ...of.filter(part => part !== entry).map(part => ({ entry: part, end: others }) as const),
  ]
}

/** Whether this end is more than that there was something. */
function tells(entry: Entry, end: 'low' | 'high'): boolean {
  const { low, high } = toldRange(entry)
  return end === 'low' ? low > 1 : high < Infinity
}

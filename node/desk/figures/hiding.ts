import { pausesOf } from './pauses.ts'
import { type Entry, type Line, leastTold, workedOut } from './working-out.ts'

/**
 * A figure as everybody is told it: itself; a number that it is not below; fewer than `leastTold`; or only that there
 * was something.
 */
export type Figure = { kind: 'exact' | 'least'; count: number } | { kind: 'few' } | { kind: 'some' }

/**
 * 1. Hide what is below `leastTold`.
 * 2. Along every line of figures that add up to a sum, hide further ones, the smallest first and the sum last, until
 *    what is hidden can no longer be worked out from the rest. Again, until no line changes.
 * 3. Work out from all lines together between which bounds each figure lies. While that finds a small one, tell less of
 *    a figure by which it was found: its bound, or only that there was something.
 */
export async function hideSmall(entries: readonly Entry[], lines: readonly Line[]): Promise<void> {
  for (const entry of entries) if (entry.count < leastTold && entry.count > 0) entry.telling = 'bound'
  const pause = pausesOf()
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const line of lines) {
      if (protect(line)) isChanged = true
      await pause()
    }
  }
  // Of two that come to "fewer than 3" each would be one.
  for (const { sum, of } of lines) if (sum.count < leastTold && of.length > 1) sum.telling = 'nothing'
  for (;;) {
    const victims = await workedOut(entries, lines)
    if (victims.size === 0) return
    for (const victim of victims) victim.telling = victim.telling === 'exact' ? 'bound' : 'nothing'
  }
}

export function told({ count, telling }: Entry): Figure {
  if (telling === 'exact') return { kind: 'exact', count }
  if (telling === 'nothing') return { kind: 'some' }
  return count < leastTold ? { kind: 'few' } : { kind: 'least', count: leastTold }
}

/** Whether something more had to be hidden. */
function protect({ sum, of }: Line): boolean {
  if (isHidden(sum) || isSafe(of.filter(isHidden))) return false
  const [smallest] = of.filter(each => !isHidden(each)).toSorted((a, b) => a.count - b.count)
  const victim = smallest ?? sum
  victim.telling = 'bound'
  return true
}

function isHidden({ telling }: Entry): boolean {
  return telling !== 'exact'
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

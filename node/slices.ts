import { setImmediate } from 'node:timers/promises'

/** Texts of a page that are read, or placed, without a pause. */
const sliceOf = 64

interface Slicing<Judged, Placed> {
  /** Reads and verifies one text; undefined where it was refused. */
  judge: (text: string) => Promise<Judged | undefined>
  place: (judged: Judged) => Placed | undefined
  /** Resolves when the page before has been placed. */
  turn: Promise<unknown>
}

/**
 * Places a page in its order, in slices, so that gossip comes between: as a whole it would hold the event loop for some
 * 80 ms. While one slice is placed the next one is verified.
 */
export async function placeInSlices<Judged, Placed>(
  texts: readonly string[],
  { judge, place, turn }: Slicing<Judged, Placed>,
): Promise<Placed[]> {
  const judgeFrom = (from: number) => Promise.all(texts.slice(from, from + sliceOf).map(judge))
  const placed: Placed[] = []
  let next = judgeFrom(0)
  await turn
  for (let from = sliceOf; ; from += sliceOf) {
    const judged = await next
    next = judgeFrom(from)
    for (const each of judged) {
      const one = each === undefined ? undefined : place(each)
      if (one !== undefined) placed.push(one)
    }
    if (from >= texts.length) return placed
    await setImmediate()
  }
}

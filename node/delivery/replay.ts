import type { DeliveryOptions } from './options.ts'

/** The cursor after which all that came at this time or later stands: entries come in the order of their times. */
export function cursorBefore({ after, last }: DeliveryOptions['feed'], since: number): number {
  let [low, high] = [0, last()]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [next] = after(middle, 1)
    if (next !== undefined && next.at < since) low = next.cursor
    else high = middle
  }
  return low
}

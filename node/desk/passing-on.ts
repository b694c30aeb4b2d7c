import type { JsonObject } from '#protocol'

/** TLP 2.0, as far as a notice may go beyond whoever received it; a label that is not known may go nowhere. */
const passable: readonly unknown[] = ['TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR']

/**
 * Whether a link, a receiver or a platform may hold what a notice says. Of one for named readers, or marked TLP:RED, it
 * is told that it came, and no more: it is read at this node.
 */
export function isToldElsewhere({
  parts,
  body,
}: {
  parts: readonly { name: string; to: string }[]
  body?: JsonObject | undefined
}): boolean {
  const isForChannel = parts.some(({ name, to }) => name === 'body' && to === 'channel')
  return isForChannel && (body === undefined || passable.includes(body.tlp))
}

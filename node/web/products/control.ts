import type { Category, Goods } from '#protocol'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

/** Of a good of the watch list the one that is proposed. */
export function categoryOf(goods: Goods): Category {
  return goods.kind === 'watch' ? goods.proposedCategory : goods.category
}

/** Prohibited, controlled, or only looked out for. */
export function Control({ goods, visit: { t } }: { goods: Goods; visit: Visit }) {
  return html`<strong>${t(goods.kind === 'watch' ? 'products.watch' : `products.${goods.control}`)}</strong>`
}

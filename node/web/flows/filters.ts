import { findGoods } from '#protocol'
import type { Figure } from '../../desk/figures/hiding.ts'
import { all, type Cell, type Published, sumOf } from '../../desk/figures/published.ts'
import type { Visit } from '../visit.ts'

/** What of the flows is shown, as the address says; what does not occur is not asked for. */
export interface Filters {
  goods?: string
  category?: string
  from?: string
  to?: string
  since?: string
  until?: string
}

export function filtersIn({ url }: Pick<Visit, 'url'>, published: Published): Filters {
  const given = (name: string, known: readonly string[]) => {
    const value = url.searchParams.get(name) ?? ''
    return known.includes(value) ? { [name]: value } : {}
  }
  const months = published.values('month')
  return {
    ...given('goods', published.values('goods')),
    ...given('category', categoriesIn(published)),
    ...given('from', published.values('from')),
    ...given('to', published.values('to')),
    ...given('since', months),
    ...given('until', months),
  }
}

export function categoriesIn(published: Published): string[] {
  return [...new Set(published.values('goods').flatMap(item => categoryOf(item) ?? []))].sort()
}

function categoryOf(item: string): string | undefined {
  const goods = findGoods(item)
  if (goods === undefined) return undefined
  return goods.kind === 'listed' ? goods.category : goods.proposedCategory
}

/** The months of the period, in order. */
export function monthsOf({ since = '', until = '9999' }: Filters, published: Published): string[] {
  return published.values('month').filter(month => month >= since && month <= until)
}

/** The figure for a cell within the filters. */
export function figureOf(cell: Partial<Cell>, filters: Filters, published: Published): Figure | undefined {
  const { goods: item, category, from = all, to = all, since, until } = filters
  const isCut = since !== undefined || until !== undefined
  const goods = cell.goods ?? item
  const items = goods !== undefined ? [goods] : category === undefined ? [all] : itemsOf(category, published)
  const months = cell.month !== undefined ? [cell.month] : isCut ? monthsOf(filters, published) : [all]
  const way = { from: cell.from ?? from, to: cell.to ?? to }
  return sumOf(items.flatMap(each => months.map(month => published.find({ ...way, goods: each, month }))))
}

export function isWanted({ goods, from, to }: Cell, filters: Filters): boolean {
  return (
    (filters.goods ?? goods) === goods &&
    (filters.category === undefined || categoryOf(goods) === filters.category) &&
    (filters.from ?? from) === from &&
    (filters.to ?? to) === to
  )
}

function itemsOf(category: string, published: Published): string[] {
  return published.values('goods').filter(item => categoryOf(item) === category)
}

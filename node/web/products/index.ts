import { FocalpointError, findGoods, type Goods } from '#protocol'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { type Page, type Route, readers } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { alertCard } from './alert-card.ts'
import { Catalogue } from './catalogue.ts'
import { Product } from './product.ts'
import { ProductCard } from './product-card.ts'
import { newLookouts, noticesAbout } from './said.ts'

/** The goods list as people look things up in it, and cards for the examination bench. */
export function productRoutes(office: Office): Route[] {
  return [
    { path: '/products', access: readers, show: visit => cataloguePage(visit, office) },
    { path: '/products/:item', access: readers, show: visit => productPage(visit, office) },
    { path: '/products/:item/card', access: readers, show: cardPage },
    { path: '/notices/:id/card', access: readers, show: visit => alertCard(visit, office) },
  ]
}

const newShown = 5

async function cataloguePage(visit: MemberVisit, office: Office): Promise<Page> {
  const asked = (visit.url.searchParams.get('q') ?? '').slice(0, 500)
  const lookouts = await newLookouts(office, newShown)
  return {
    title: visit.t('products.title'),
    within: '/products',
    isLive: true,
    content: html`<${Catalogue} ...${{ asked, lookouts, visit, office }} />`,
  }
}

async function productPage(visit: MemberVisit, office: Office): Promise<Page> {
  const goods = goodsAsked(visit)
  const said = await noticesAbout(goods.id, office)
  return {
    title: visit.words(goods.label),
    within: '/products',
    isLive: true,
    content: html`<${Product} ...${{ goods, said, visit, office }} />`,
  }
}

function cardPage(visit: MemberVisit): Page {
  const goods = goodsAsked(visit)
  return {
    title: visit.t('products.card.title', { name: visit.words(goods.label) }),
    within: '/products',
    content: html`<${ProductCard} goods=${goods} visit=${visit} />`,
  }
}

function goodsAsked({ params }: MemberVisit): Goods {
  const id = params.item ?? ''
  const goods = findGoods(id)
  if (goods !== undefined) return goods
  throw new FocalpointError(
    'not-found',
    'Neither list has a good of this name. Look for it among all products.',
    {
      what: 'good',
      id,
    },
  )
}

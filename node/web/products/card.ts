import { goodsList } from '#protocol'
import { QrCode } from '../components/qr-code.ts'
import { html, type Markup } from '../html.ts'
import type { MemberVisit } from '../visit.ts'

export interface CardOf {
  /** In the reader's language. */
  name: Markup
  /** The same in English, where the reader has another language. */
  english?: Markup
  /** Prohibited, controlled, new. */
  kind: Markup
  /** The page that has more: a path of this node. */
  address: string
  visit: MemberVisit
  children?: Markup
}

/** One page of paper for the examination bench. */
export function Card({ name, english, kind, address, visit, children }: CardOf) {
  const { t, formats, origin, now } = visit
  const full = `${origin}${address}`
  return html`
    <p class="no-print"><a href=${address}>${t('products.card.back')}</a></p>
    <article class="bench-card">
      <header>
        <div>
          <p class="kind">${kind}</p>
          <h1>${name}</h1>
          ${english !== undefined && html`<p class="english" lang="en" dir="ltr">${english}</p>`}
        </div>
        <${QrCode} text=${full} label=${t('products.card.qr', { address: full })} />
      </header>
      ${children}
      <footer>
        <p class="code" dir="ltr">${full}</p>
        <p>
          ${t('products.card.made', {
            version: goodsList.version,
            compiled: formats.day(goodsList.compiledOn),
            day: formats.day(new Date(now * 1000).toISOString()),
          })}
        </p>
      </footer>
    </article>
    <p class="quiet no-print">${t('products.card.print')}</p>
  `
}

/** One thing to read on a card. */
export function CardPart({ title, children }: { title: string; children?: Markup }) {
  return html`
    <section>
      <h2>${title}</h2>
      ${children}
    </section>
  `
}

import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import { seen } from './revealed.ts'

/** A code, hash, key or identifier: isolated, so that text from right to left does not turn it round. */
export function Code({ children }: { children?: Markup }) {
  return html`<bdi class="code" dir="ltr">${visible(children)}</bdi>`
}

/** What a person or a peer wrote: shown as it is, what cannot be seen as its code, and isolated from what stands around it. */
export function Written({ children, language }: { children?: Markup; language?: string }) {
  return html`<bdi dir="auto" ...${language === undefined ? {} : { lang: language }}>${visible(children)}</bdi>`
}

function visible(children: Markup): Markup {
  return typeof children === 'string' ? seen(children) : children
}

/** A country or participant by name, its code always beside it. */
export function Country({ code, visit }: { code: string; visit: Visit }) {
  const name = visit.formats.country(code)
  if (name === code) return html`<${Code}>${code}<//>`
  return html`<span class="country"><bdi>${name}</bdi> <${Code}>${code}<//></span>`
}

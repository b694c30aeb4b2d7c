import { findGoods } from '#protocol'
import { untold } from '../../desk/figures/flows.ts'
import type { Figure } from '../../desk/figures/hiding.ts'
import { leastTold } from '../../desk/figures/working-out.ts'
import { Country } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'

export function figureWords(figure: Figure | undefined, { t, formats }: Visit): string {
  if (figure === undefined) return formats.number(0)
  if (figure.kind === 'some') return t('flows.figure.some')
  if (figure.kind === 'few') return t('flows.figure.few', { least: leastTold })
  return figure.kind === 'exact'
    ? formats.number(figure.count)
    : t('flows.figure.least', { count: formats.number(figure.count) })
}

/** With the noun, where it stands in a sentence. */
export function sightingsWords(figure: Figure, visit: Visit): string {
  return figure.kind === 'exact'
    ? visit.t('flows.figure.exact', { count: figure.count })
    : figureWords(figure, visit)
}

export function goodsWords(item: string, { t, words }: Visit): string {
  if (item === 'unlisted') return t('flows.unlisted')
  const goods = findGoods(item)
  return goods === undefined ? item : words(goods.label)
}

export function countryWords(code: string, visit: Visit): string {
  return code === untold ? visit.t('flows.untold') : visit.formats.country(code)
}

export function place(code: string, visit: Visit): Markup {
  return code === untold
    ? html`<span class="quiet">${visit.t('flows.untold')}</span>`
    : html`<${Country} code=${code} visit=${visit} />`
}

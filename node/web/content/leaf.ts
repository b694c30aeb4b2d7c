import { findGoods, isCalendarDate, isObject } from '#protocol'
import { Code, Country, Written } from '../components/code.ts'
import { Day } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import { partyTitle } from './parties.ts'
import type { Placed } from './reading.ts'

type Leaf = (text: string, placed: Placed) => Markup

/** By the grammar of the field: what its texts stand for. */
const byPattern: Record<string, Leaf> = {
  '^\\d{4}-\\d{2}-\\d{2}$': (day, { reading: { visit } }) =>
    isCalendarDate(day) ? html`<${Day} day=${day} visit=${visit} />` : html`<${Written}>${day}<//>`,
  '^[A-Z]{2}$': (code, { reading: { visit } }) => html`<${Country} code=${code} visit=${visit} />`,
  '^[A-Z]{2}[A-Z2-9]{3}$': (code, { reading: { visit } }) =>
    html`<${Code}>${code}<//> <span class="quiet">(${visit.formats.country(code.slice(0, 2))})</span>`,
  '^[a-z0-9][a-z0-9-]{0,63}$': (id, { reading }) => goodsName(id, reading),
  '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$': (code, { reading: { visit } }) =>
    visit.formats.languageName(code),
  '^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$': id =>
    html`<a href=${`/notices/${encodeURIComponent(id)}`}><${Code}>${id}<//></a>`,
  '^[a-z][a-z0-9-]{0,31}$': (key, { reading, field }) =>
    field?.description?.endsWith('The key of one of the parties.')
      ? partyTitle(key, reading)
      : reading.visit.words(key),
  '^[0-9]$': (code, { reading: { visit } }) => visit.words(`Mode/${code}`),
  '^[A-Z0-9]{2}$': (code, { reading: { visit } }) => visit.words(`Packaging/${code}`),
  '^(0[1-9]|[1-9]\\d)\\d{2}(\\d{2})?$': code => html`<${Code}>${dotted(code)}<//>`,
}

/** Lines and paragraphs have no grammar but their length. */
const onOneLine = '^[^\\n]*$'

export function leaf(placed: Placed): Markup {
  const { value, field, reading } = placed
  const { t, formats } = reading.visit
  if (typeof value === 'boolean') return t(value ? 'notice.yes' : 'notice.no')
  if (typeof value === 'number') return html`<bdi>${formats.number(value)}</bdi>`
  if (typeof value !== 'string') return null
  if (field?.enum?.includes(value)) return codeInWords(value, placed)
  const shown = field?.pattern === undefined ? undefined : byPattern[field.pattern]
  if (shown !== undefined && new RegExp(field?.pattern ?? '', 'u').test(value)) return shown(value, placed)
  if (field?.pattern === undefined || field.pattern === onOneLine) {
    return html`<span class="prose"><${Written} language=${languageOf(reading.body)}>${value}<//></span>`
  }
  return html`<${Code}>${value}<//>`
}

function codeInWords(code: string, { field, reading: { visit } }: Placed): string {
  const title = field?.title ?? ''
  return visit.words(/^[A-Z][a-z]*$/.test(title) ? `${title}/${code}` : code)
}

export function goodsName(id: string, { visit }: Placed['reading']): Markup {
  const goods = findGoods(id)
  return goods === undefined ? html`<${Code}>${id}<//>` : visit.words(goods.label)
}

/** 854370 → 8543.70, as tariffs print it. */
export function dotted(code: string): string {
  return code.length > 4 ? `${code.slice(0, 4)}.${code.slice(4)}` : code
}

function languageOf(body: unknown): string | undefined {
  const lang = isObject(body) ? body.lang : undefined
  return typeof lang === 'string' && /^[A-Za-z-]{2,16}$/.test(lang) ? lang : undefined
}

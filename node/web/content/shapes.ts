import { isObject, type Json, type JsonObject } from '#protocol'
import { Code, Written } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import { directionOf, isLanguage } from '../words/languages.ts'
import { dotted } from './leaf.ts'
import type { Placed, Reading } from './reading.ts'

/** Groups of fields that are read as one value, by the fields that they have. */
interface Shape {
  has: readonly string[]
  show: (group: JsonObject, reading: Reading) => Markup
}

const shapes: readonly Shape[] = [
  { has: ['amount', 'currency'], show: amount },
  { has: ['value', 'rec20'], show: quantity },
  { has: ['code', 'edition'], show: customsCode },
  { has: ['code', 'year'], show: customsCode },
  { has: ['measureName', 'value', 'unit'], show: measure },
  { has: ['text', 'contentWarning'], show: warned },
]

/** The group as one value, where it is of a known shape. */
export function shaped({ value, reading }: Placed): Markup | undefined {
  if (!isObject(value)) return undefined
  const shape = shapes.find(({ has }) => has.every(name => Object.hasOwn(value, name)))
  return shape?.show(value, reading)
}

function amount({ amount, currency, basis }: JsonObject, { visit }: Reading): Markup {
  const figure = /^\d{1,15}(\.\d{1,6})?$/.test(String(amount)) ? grouped(String(amount)) : text(amount)
  return html`
    <bdi>${figure} ${text(currency)}</bdi>
    ${typeof basis === 'string' && html` <span class="quiet">(${visit.words(basis)})</span>`}
  `
}

/** Decimals are text: only their thousands are set apart. */
function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.split('.')
  const set = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? set : `${set}.${fraction}`
}

export function quantity({ value, rec20 }: JsonObject, { visit }: Reading): Markup {
  const figure = typeof value === 'number' ? visit.formats.number(value) : text(value)
  return html`<bdi>${figure}</bdi> ${visit.words(text(rec20))}`
}

function customsCode({ code, edition, ex, why, year }: JsonObject, { visit }: Reading): Markup {
  const { comma, semicolon } = visit.formats
  const told = [edition, year].filter(each => each !== undefined).map(text)
  return html`
    <${Code}>${ex === true ? 'ex ' : ''}${dotted(text(code))}<//>
    ${' '}<span class="quiet">
      (${told.map(visit.words).join(comma)}${ex === true && html`${semicolon}${visit.t('notice.part-of-code')}`})
    </span>
    ${typeof why === 'string' && html`<br /><${Written}>${why}<//>`}
  `
}

function measure({ measureName, value, unit }: JsonObject): Markup {
  return html`<${Written}>${`${text(measureName)}: ${text(value)} ${text(unit)}`}<//>`
}

/** What carries a warning is shown when it is asked for. */
function warned({ text: shown, contentWarning }: JsonObject, { visit }: Reading): Markup {
  const said = html`<p class="prose"><${Written}>${text(shown)}<//></p>`
  if (contentWarning !== true) return said
  return html`
    <details>
      <summary>${visit.t('notice.content-warning')}</summary>
      ${said}
    </details>
  `
}

/** One text in several languages: the reader's first, else the authoritative one; the others behind. */
export function Texts({ value, reading }: { value: JsonObject; reading: Reading }) {
  const { visit, body } = reading
  const rank = (code: string) => (code === visit.language ? 0 : code === body.lang ? 1 : 2)
  const texts = Object.entries(value)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .toSorted(([one], [other]) => rank(one) - rank(other))
  const [first, ...others] = texts
  if (first === undefined) return null
  return html`
    <${InLanguage} code=${first[0]} text=${first[1]} />
    ${
      others.length > 0 &&
      html`
        <details class="languages-more">
          <summary>${visit.t('notice.other-languages', { count: others.length })}</summary>
          ${others.map(
            ([code, each]) => html`
              <p class="quiet">${visit.formats.languageName(code)}</p>
              <${InLanguage} code=${code} text=${each} />
            `,
          )}
        </details>
      `
    }
  `
}

function InLanguage({ code, text: shown }: { code: string; text: string }) {
  const lang = /^[A-Za-z]{2,3}(-[A-Za-z]{2,4}){0,2}$/.test(code) ? code : undefined
  const dir = isLanguage(code) ? directionOf(code) : 'auto'
  return html`<p class="prose" lang=${lang} dir=${dir}><${Written} language=${lang}>${shown}<//></p>`
}

function text(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '—'
}

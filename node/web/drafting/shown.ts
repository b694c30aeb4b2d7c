import { findGoods, isObject, type Json } from '#protocol'
import { Code, Country, Written } from '../components/code.ts'
import { Day } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { Field } from './form/describe.ts'

interface ShownOf {
  value: Json | undefined
  field: Field
  visit: Visit
}

/** An answer as it is read: words for codes, names for countries, lists as lists. */
export function Shown({ value, field, visit }: ShownOf): Markup {
  if (value === undefined) return html`<span class="quiet">${visit.t('drafting.nothing')}</span>`
  if (field.kind === 'group' && isObject(value))
    return html`<${ShownGroup} value=${value} field=${field} visit=${visit} />`
  if (field.kind === 'keyed' && isObject(value)) return shownKeyed(value, field, visit)
  if (Array.isArray(value)) {
    const item = field.kind === 'list' ? field.item : { ...field, kind: 'one-of' as const, words: [] }
    return html`
      <ul class=${item.kind === 'group' ? 'plain-list groups' : 'plain-list'}>
        ${value.map(each => html`<li><${Shown} value=${each} field=${item} visit=${visit} /></li>`)}
      </ul>
    `
  }
  return shownWord(String(value), field, visit)
}

function shownWord(text: string, field: Field, visit: Visit): Markup {
  const { words, t, formats } = visit
  if (field.kind === 'yes-no') return t(text === 'true' ? 'drafting.yes' : 'drafting.no')
  if (field.kind === 'one-of') return words(text)
  if (field.kind === 'country') return html`<${Country} code=${text} visit=${visit} />`
  if (field.kind === 'day')
    return Number.isNaN(Date.parse(text)) ? text : html`<${Day} day=${text} visit=${visit} />`
  if (field.kind === 'number') return Number.isFinite(Number(text)) ? formats.number(Number(text)) : text
  const goods = field.name === 'itemId' || field.name === 'watchId' ? findGoods(text) : undefined
  if (goods !== undefined) return words(goods.label)
  if (field.kind === 'prose') return html`<span class="prose"><${Written}>${text}<//></span>`
  return /^[\w.@:/+-]+$/.test(text) ? html`<${Code}>${text}<//>` : html`<${Written}>${text}<//>`
}

/** Label beside answer; what was not answered is left out. */
export function ShownGroup({ value, field, visit }: ShownOf) {
  if (field.kind !== 'group' || !isObject(value)) return null
  return html`
    <dl class="facts">
      ${field.fields
        .filter(({ name }) => value[name] !== undefined)
        .map(
          each => html`
            <dt>${visit.words(each.title)}</dt>
            <dd><${Shown} value=${value[each.name] as Json} field=${each} visit=${visit} /></dd>
          `,
        )}
    </dl>
  `
}

function shownKeyed(value: object, field: Field & { kind: 'keyed' }, visit: Visit): Markup {
  const isLanguage = field.keyKind === 'language'
  return html`
    <dl class="facts">
      ${Object.entries(value).map(
        ([key, each]) => html`
          <dt>${isLanguage ? visit.formats.languageName(key) : visit.words(key)}</dt>
          <dd><${Shown} value=${each} field=${field.item} visit=${visit} /></dd>
        `,
      )}
    </dl>
  `
}

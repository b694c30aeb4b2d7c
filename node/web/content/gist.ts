import { isObject, type Question, questions } from '#protocol'
import { html, type Markup } from '../html.ts'
import type { MessageKey } from '../words/messages.ts'
import { corrected, goodsTitle, isThere, placedIn, shownValue, titleOf } from './fields.ts'
import { childField } from './form.ts'
import type { Placed, Reading } from './reading.ts'
import { quantity, shaped } from './shapes.ts'

export interface GistOf {
  reading: Reading
  was?: Placed['was']
  gist: { readonly [question in Question]?: readonly string[] }
}

const asked: Record<Question, MessageKey> = {
  what: 'notice.ask.what',
  goods: 'notice.ask.goods',
  who: 'notice.ask.who',
  where: 'notice.ask.where',
  when: 'notice.ask.when',
  why: 'notice.ask.why',
  action: 'notice.ask.action',
}

/** What is asked first, and what the notice answers. */
export function Gist({ reading, was, gist }: GistOf) {
  const rows = questions.flatMap(question => {
    const placed = (gist[question] ?? [])
      .map(name => placedIn({ value: reading.body, was, field: reading.form, reading }, name))
      .filter(isThere)
    return placed.length === 0 ? [] : [{ question, placed }]
  })
  return html`
    <dl class="facts gist">
      ${rows.map(
        ({ question, placed }) => html`
          <dt>${reading.visit.t(asked[question])}</dt>
          <dd>${placed.map(each => answer(each, placed.length === 1 && question !== 'where'))}</dd>
        `,
      )}
    </dl>
  `
}

/** Countries, days and groups need their title beside them; a code or a text says itself what it is. */
function answer(placed: Placed, isAlone: boolean): Markup {
  const { field, value } = placed
  if (Array.isArray(value) && value.some(each => isObject(each))) return goodsLines(placed)
  const saysItself =
    isAlone || field?.enum !== undefined || field?.items?.enum !== undefined || isText(placed)
  return html`<div class="answer">
    ${!saysItself && html`<span class="quiet">${titleOf(placed)}:</span> `}${corrected(placed)}
  </div>`
}

function isText({ field, name }: Placed): boolean {
  return field?.type === 'string' && (field.maxLength ?? 0) > 100 && name !== 'suggestedAction'
}

/** Each good on two lines: what it is called, and how much under which code. */
function goodsLines(placed: Placed): Markup {
  const { value, was, field, reading } = placed
  if (!Array.isArray(value)) return shownValue(placed)
  const before = was && Array.isArray(was.value) ? was.value : []
  return value.map((each, at) => {
    const one: Placed = {
      value: each,
      field: field && childField(field, String(at)),
      name: placed.name,
      reading,
    }
    if (
      was !== undefined &&
      before[at] !== undefined &&
      JSON.stringify(before[at]) !== JSON.stringify(each)
    ) {
      one.was = { value: before[at] }
    }
    return html`<div class="answer">${goodsLine(one)}</div>`
  })
}

const told = ['unlisted', 'declared', 'hs', 'quantity', 'value'] as const

function goodsLine(placed: Placed): Markup {
  const title = goodsTitle(placed)
  if (!isObject(placed.value)) return shownValue(placed)
  const { value, was, field, reading } = placed
  const parts = told.map(name => placedIn({ value, was, field, reading }, name)).filter(isThere)
  const { category } = value
  return html`
    ${title && html`<p><strong>${title}</strong></p>`}
    ${typeof category === 'string' && html`<p class="quiet">${reading.visit.words(category)}</p>`}
    ${parts.map(each => html`<div class="part">${part(each)}</div>`)}
  `
}

/** A quantity or a code is told by itself; a group that has no words of its own says its title. */
function part(placed: Placed): Markup {
  if (shaped(placed) !== undefined) return corrected(placed)
  const { value, reading } = placed
  const described = isObject(value) && typeof value.description === 'string' ? value.description : undefined
  if (described === undefined || !isObject(value)) return null
  const field = placed.field && childField(placed.field, 'description')
  return html`
    <span class="quiet">${titleOf(placed)}:</span>
    ${' '}${shownValue({ value: described, field, name: 'description', reading })}
    ${isObject(value.quantity) && html` (${quantity(value.quantity, reading)})`}
  `
}

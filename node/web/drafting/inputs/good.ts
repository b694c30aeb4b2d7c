import { categoryOf, findGoods, type Goods } from '#protocol'
import { Code } from '../../components/code.ts'
import { Choices, fieldId, TextField } from '../../components/field.ts'
import { html } from '../../html.ts'
import { isAnswered } from '../form/answers.ts'
import { type Field, fieldIn } from '../form/describe.ts'
import { below } from '../form/pointer.ts'
import { goodsToPick, meaningOf } from '../goods-search.ts'
import { type Asking, errorOf, type InputOf, textAt } from './asking.ts'
import { Inputs } from './inputs.ts'

/** What says which good it is: picked, not typed. */
const identity = ['itemId', 'watchId', 'unlisted', 'category']

export function isGood(field: Field): boolean {
  return fieldIn(field, 'itemId') !== undefined && fieldIn(field, 'category') !== undefined
}

/** Which good it is, found by plain words; then what else is asked of it. */
export function GoodInputs({ at, field, asking }: InputOf) {
  if (field.kind !== 'group') return null
  const chosen = findGoods(textAt(asking, below(at, 'itemId')) || textAt(asking, below(at, 'watchId')))
  const unlisted = fieldIn(field, 'unlisted')
  const isUnlisted = unlisted !== undefined && isAnswered(asking.answers, below(at, 'unlisted'))
  const isSearching = asking.search?.at === at
  const rest = field.fields
    .filter(({ name }) => !identity.includes(name))
    .map(each => ({ at: below(at, each.name), field: each }))
  return html`
    ${chosen && !isSearching && html`<${Chosen} goods=${chosen} at=${at} asking=${asking} />`}
    ${(isSearching || (chosen === undefined && !isUnlisted)) && html`<${Search} at=${at} field=${field} asking=${asking} />`}
    ${
      unlisted &&
      chosen === undefined &&
      html`
        <details class="more" open=${isUnlisted}>
          <summary>${asking.visit.t('drafting.goods-unlisted')}</summary>
          <${asking.input} at=${below(at, 'unlisted')} field=${unlisted} asking=${asking} isAlone=${true} />
          ${['category'].map(name => {
            const category = fieldIn(field, name)
            return (
              category && html`<${asking.input} at=${below(at, name)} field=${category} asking=${asking} />`
            )
          })}
        </details>
      `
    }
    ${
      (chosen !== undefined || isUnlisted) &&
      !isSearching &&
      html`<${Codes} at=${at} field=${field} goods=${chosen} asking=${asking} /><${Inputs} fields=${rest.filter(each => each.field.name !== 'hs')} asking=${asking} />`
    }
  `
}

function Chosen({ goods, at, asking }: { goods: Goods; at: string; asking: Asking }) {
  const { words, t } = asking.visit
  const name = goods.kind === 'watch' ? 'watchId' : 'itemId'
  return html`
    <div class="chosen">
      <p class="row-title"><bdi>${words(goods.label)}</bdi></p>
      <${Meaning} goods=${goods} asking=${asking} />
      <input type="hidden" name=${below(at, name)} value=${goods.id} />
      <button class="ds-button" data-variant="tertiary" name="act" value=${`find:${at}`}>
        ${t('drafting.goods-other')}
      </button>
    </div>
  `
}

function Meaning({ goods, asking }: { goods: Goods; asking: Asking }) {
  const { words, t } = asking.visit
  const found = meaningOf(goods.id)
  return html`
    <p class="quiet">
      ${found && words(found.meaning)}
      ${goods.kind === 'watch' && html` · ${t('drafting.goods-watch')}`}
      ${
        goods.kind === 'listed' &&
        goods.hsCodes.length > 0 &&
        html` · HS <${Code}>${goods.hsCodes.join(', ')}<//>`
      }
    </p>
  `
}

/** A box to search in, and what was found to choose from; scripts renew what was found as one types. */
function Search({ at, field, asking }: InputOf) {
  const { t } = asking.visit
  const withWatch = fieldIn(field, 'watchId') !== undefined
  const text = asking.search?.at === at ? asking.search.text : ''
  const error = errorOf(asking, below(at, 'itemId')) ?? errorOf(asking, at)
  return html`
    <div id=${fieldId(below(at, 'itemId'))}>
      ${error && html`<p class="ds-validation-message">${error}</p>`}
      <${TextField}
        name=${`find:${at}`}
        label=${t('drafting.goods-find')}
        description=${t('drafting.goods-find-about')}
        type="search"
        value=${text}
        input=${{ autocomplete: 'off', 'data-search': `/drafts/goods?at=${encodeURIComponent(at)}&watch=${withWatch ? 1 : 0}&q=`, 'data-into': `found-${fieldId(at)}` }}
      />
      <button class="ds-button" data-variant="secondary" name="act" value=${`find:${at}`}>
        ${t('drafting.goods-search')}
      </button>
      <div id=${`found-${fieldId(at)}`} aria-live="polite">
        <${Found} at=${at} text=${text} withWatch=${withWatch} visit=${asking.visit} />
      </div>
    </div>
  `
}

export interface FoundOf {
  at: string
  text: string
  withWatch: boolean
  visit: Asking['visit']
}

export function Found({ at, text, withWatch, visit }: FoundOf) {
  const { t, words } = visit
  if (text.trim() === '') return null
  const found = goodsToPick(text, { words, withWatch })
  if (found.length === 0) return html`<p>${t('drafting.goods-none')}</p>`
  return html`<${Choices}
    name=${`pick:${at}`}
    label=${t('drafting.goods-found', { count: found.length })}
    kind="radio"
    choices=${found.map(goods => ({
      value: goods.id,
      label: words(goods.label),
      description: [
        words(goods.kind === 'listed' ? goods.category : goods.proposedCategory),
        ...(goods.kind === 'watch' ? [t('drafting.goods-watch')] : []),
        ...(goods.kind === 'listed' && goods.hsCodes.length > 0 ? [`HS ${goods.hsCodes.join(', ')}`] : []),
      ].join(' · '),
    }))}
  />`
}

/** The customs code is chosen from those that the list names, or written where it is another. */
function Codes({ at, field, goods, asking }: InputOf & { goods: Goods | undefined }) {
  const hs = fieldIn(field, 'hs')
  if (hs?.kind !== 'group') return null
  const { t, words } = asking.visit
  const place = below(at, 'hs')
  const code = below(place, 'code')
  const proposed = goods?.kind === 'listed' && categoryOf(goods.id) ? goods.hsCodes : []
  const value = textAt(asking, code)
  const isOther = value !== '' && !proposed.includes(value)
  const error = errorOf(asking, code) ?? errorOf(asking, place)
  const others = hs.fields
    .filter(({ name }) => name !== 'code')
    .map(each => ({ at: below(place, each.name), field: each }))
  return html`
    ${
      proposed.length > 0 &&
      html`<${Choices}
        name=${code}
        label=${words(hs.title)}
        description=${words(hs.description)}
        ...${error !== undefined && { error }}
        kind="radio"
        choices=${proposed.map(each => ({ value: each, label: each }))}
        values=${[value]}
      />`
    }
    <${TextField}
      name=${proposed.length > 0 ? `other:${code}` : code}
      label=${proposed.length > 0 ? t('drafting.goods-other-code') : words(hs.title)}
      description=${words(hs.fields[0]?.description ?? '')}
      value=${proposed.length === 0 || isOther ? value : ''}
      ...${proposed.length === 0 && error !== undefined && { error }}
      input=${{ inputmode: 'numeric', class: 'ds-input short', dir: 'ltr' }}
    />
    <details class="more">
      <summary>${t('drafting.goods-code-more')}</summary>
      ${others.map(each => html`<${asking.input} ...${each} asking=${asking} />`)}
    </details>
  `
}

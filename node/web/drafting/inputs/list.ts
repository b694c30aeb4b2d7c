import { fieldId } from '../../components/field.ts'
import { html } from '../../html.ts'
import { isScalar } from '../form/answers.ts'
import { numbersAt } from '../form/edit.ts'
import { below } from '../form/pointer.ts'
import { errorOf, type InputOf } from './asking.ts'

/** Entries one after the other, each with a button to remove it, and one to add another. */
export function ListInputs({ at, field, asking, isAlone }: InputOf) {
  if (field.kind !== 'list') return null
  const { t, words } = asking.visit
  const held = numbersAt(asking.answers, at)
  const numbers = held.length === 0 && (isAlone || !field.isOptional) ? [0] : held
  const error = errorOf(asking, at)
  const item = words(field.item.title)
  return html`
    <fieldset class="ds-fieldset part" id=${fieldId(at)}>
      <legend class=${isAlone ? 'ds-sr-only' : 'ds-label'} data-weight="medium">
        ${words(field.title)} ${field.isOptional && !isAlone && html`<span class="quiet">${t('form.optional')}</span>`}
      </legend>
      ${!isAlone && html`<p class="quiet">${words(field.description)}</p>`}
      ${error && html`<p class="ds-validation-message">${error}</p>`}
      <ol class="plain-list entries">
        ${numbers.map((number, index) => {
          const place = below(at, number)
          const what = t('drafting.entry', { what: item, number: index + 1 })
          return html`
            <li key=${place}>
              ${!isScalar(field.item) && html`<h2 class="entry-title">${what}</h2>`}
              <${asking.input} at=${place} field=${numbered(field.item, what)} asking=${asking} isAlone=${true} />
              ${
                (held.length > 1 || (held.length === 1 && field.least === 0)) &&
                html`<button class="ds-button" data-variant="tertiary" name="act" value=${`remove:${place}`}>
                  ${t('drafting.remove', { what })}
                </button>`
              }
            </li>
          `
        })}
      </ol>
      ${
        numbers.length < field.most &&
        html`<button class="ds-button" data-variant="secondary" name="act" value=${`add:${at}`}>
          ${t(numbers.length === 0 ? 'drafting.add-first' : 'drafting.add', { what: item })}
        </button>`
      }
    </fieldset>
  `
}

/** Of single words each has its number in its label. */
function numbered<Item extends InputOf['field']>(item: Item, title: string): Item {
  return isScalar(item) ? { ...item, title } : item
}

import { fieldId, Select } from '../../components/field.ts'
import { html } from '../../html.ts'
import { membersAt } from '../form/answers.ts'
import type { Field } from '../form/describe.ts'
import { below } from '../form/pointer.ts'
import { errorOf, type InputOf } from './asking.ts'

type Keyed = Field & { kind: 'keyed' }

/** The languages of the United Nations and a few more. */
const languageCodes = ['ar', 'de', 'en', 'es', 'fr', 'pt', 'ru', 'zh']

/** Texts by language: a field for each, and a choice of one more. */
export function KeyedInputs({ at, field, asking }: InputOf) {
  if (field.kind !== 'keyed') return null
  const { t, words, formats, language } = asking.visit
  const own = asking.answers['/body/lang']?.[0] ?? language
  const held = membersAt(asking.answers, at)
  const keys = held.length === 0 && !field.isOptional ? [own] : held
  const error = errorOf(asking, at)
  const left = languageCodes.filter(code => !keys.includes(code))
  return html`
    <div id=${fieldId(at)} class="part">
      ${error && html`<p class="ds-validation-message">${error}</p>`}
      ${keys.map(key => {
        const title = field.keyKind === 'language' ? formats.languageName(key) : key
        const item = { ...field.item, title: `${words(field.title)} – ${title}`, description: '' }
        return html`
          <${asking.input} at=${below(at, key)} field=${item} asking=${asking} />
          ${
            keys.length > 1 &&
            html`<button class="ds-button" data-variant="tertiary" name="act" value=${`remove:${below(at, key)}`}>
              ${t('drafting.remove', { what: title })}
            </button>`
          }
        `
      })}
      <${AddKey} at=${at} field=${field} asking=${asking} choices=${left.map(code => ({ value: code, label: formats.languageName(code) }))} />
    </div>
  `
}

export interface AddKeyOf extends InputOf {
  field: Keyed
  choices: readonly { value: string; label: string }[]
}

/** Which entry is to be added is chosen first: its key follows from it. */
export function AddKey({ at, field, asking, choices }: AddKeyOf) {
  const { t } = asking.visit
  const isLanguage = field.keyKind === 'language'
  return html`
    <div class="add-key">
      <${Select}
        name=${`new:${at}`}
        label=${t(isLanguage ? 'drafting.another-language' : 'drafting.another-party')}
        choices=${choices}
        nothing=${t('drafting.choose')}
      />
      <button class="ds-button" data-variant="secondary" name="act" value=${`add:${at}`}>
        ${t('drafting.add-this')}
      </button>
    </div>
  `
}

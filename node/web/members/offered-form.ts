import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { fieldId, TextArea } from '../components/field.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { offeredField } from './offered.ts'

export interface OfferedFormOf {
  action: string
  visit: Visit
  error?: WrongField
  value?: string
  words: { text: string; about: string; file: string; button: string }
}

/** Where a signed file is pasted or chosen. */
export function OfferedForm({ action, visit, error, value = '', words }: OfferedFormOf) {
  return html`
    <${ErrorSummary} errors=${error ? [error] : []} visit=${visit} />
    <form method="post" action=${action}>
      <${TextArea}
        name=${offeredField}
        label=${words.text}
        description=${words.about}
        error=${error?.message}
        value=${value}
        input=${{ dir: 'ltr', spellcheck: 'false', rows: 8 }}
      />
      <div class="ds-field field scripted">
        <label class="ds-label" for="file" data-weight="medium">${words.file}</label>
        <input type="file" id="file" accept=".json,application/json" data-reads-into=${fieldId(offeredField)} />
      </div>
      <p class="actions"><button class="ds-button" type="submit">${words.button}</button></p>
    </form>
  `
}

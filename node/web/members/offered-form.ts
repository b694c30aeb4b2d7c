import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Field, TextArea } from '../components/field.ts'
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
    <form method="post" action=${action} enctype="multipart/form-data">
      <${TextArea}
        name=${offeredField}
        label=${words.text}
        description=${words.about}
        error=${error?.message}
        value=${value}
        input=${{ dir: 'ltr', spellcheck: 'false', rows: 8 }}
      />
      <${Field} name="file" label=${words.file}>
        ${(attributes: object) => html`<input type="file" accept=".json,application/json" ...${attributes} />`}
      <//>
      <p class="actions"><button class="ds-button" type="submit">${words.button}</button></p>
    </form>
  `
}

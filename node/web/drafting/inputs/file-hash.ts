import { fieldId, TextField, type TextFieldOf } from '../../components/field.ts'
import { html } from '../../html.ts'
import type { Visit } from '../../visit.ts'

/** Fields that hold the SHA-256 of a file: nobody is asked to work one out. */
export const fileHashField = 'sha256'

/** In front of the name of the field that the file is for. */
export const filePrefix = 'file:'

/** The hash of a file, worked out in the browser, or here when the page is saved; or written by whoever has it already. */
export function FileHashInput({ visit: { t }, ...field }: TextFieldOf & { visit: Visit }) {
  const name = `${filePrefix}${field.name}`
  const isHashed = field.value !== undefined && field.value !== ''
  return html`
    <${TextField}
      name=${name}
      type="file"
      label=${t(isHashed ? 'drafting.file-other' : 'drafting.file')}
      description=${t('drafting.file-about')}
      input=${{ 'data-digests-into': fieldId(field.name) }}
    />
    <p class="quiet" role="status" id=${`${fieldId(name)}-told`} data-told=${t('drafting.file-hashed')}></p>
    <${TextField} ...${field} input=${{ ...field.input, dir: 'ltr', spellcheck: 'false' }} />
  `
}

import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { ToldError } from '../words/errors.ts'
import { fieldId } from './field.ts'
import { InEnglish } from './in-english.ts'

export interface WrongField {
  /** Of the form. */
  name: string
  message: string
  /** What refused it, for whoever helps. */
  error?: ToldError
}

/** What is wrong, above the form, each linked to its field. */
export function ErrorSummary({ errors, visit }: { errors: readonly WrongField[]; visit: Visit }) {
  if (errors.length === 0) return null
  return html`
    <div class="ds-error-summary" role="alert" tabindex="-1" data-focus>
      <h2>${visit.t('form.errors', { count: errors.length })}</h2>
      <ul>
        ${errors.map(
          ({ name, message, error }) => html`
            <li>
              <a class="ds-link" href=${`#${fieldId(name)}`} data-color="neutral">${message}</a>
              ${error && html`<${InEnglish} error=${error} visit=${visit} />`}
            </li>
          `,
        )}
      </ul>
    </div>
  `
}

/** What is wrong, after the title of the field: "National reference: this is needed." */
export function faultOf(title: string | undefined, fault: string, { words, language }: Visit): string {
  const said = words(fault)
  if (title === undefined) return said
  const follows = language === 'en' ? said.charAt(0).toLowerCase() + said.slice(1) : said
  return `${words(title)}: ${follows}`
}

import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { ToldError } from '../words/errors.ts'
import { InEnglish } from './in-english.ts'

/** Why what was asked for was not done, above the page where it was asked. */
export function Refused({
  message,
  error,
  visit,
}: {
  message: string
  /** What refused it, where it was an error. */
  error?: ToldError | undefined
  visit: Visit
}) {
  return html`
    <div class="ds-error-summary" role="alert" tabindex="-1" data-focus>
      <h2>${message}</h2>
      ${error && html`<${InEnglish} error=${error} visit=${visit} />`}
    </div>
  `
}

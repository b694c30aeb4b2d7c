import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { ToldError } from '../words/errors.ts'
import { Code } from './code.ts'

/** What an error says itself, with its code, under the words of another language: whoever helps reads this. */
export function InEnglish({ error: { code, message }, visit }: { error: ToldError; visit: Visit }) {
  if (visit.language === 'en') return null
  return html`<p class="in-english quiet" lang="en" dir="ltr">${message} (<${Code}>${code}<//>)</p>`
}

import { html, type Markup } from '../html.ts'
import type { Page } from '../route.ts'
import type { Visit } from '../visit.ts'
import { Act } from './act.ts'

export interface ConfirmOf {
  question: string
  /** What follows from it. */
  children: Markup
  /** Where it is sent, and how the button is called. */
  to: string
  yes: string
  fields?: Record<string, string>
  /** Where to go without it. */
  back: string
  within: string
}

/** Asked before what cannot be undone. */
export function confirmPage(
  { question, children, to, yes, fields = {}, back, within }: ConfirmOf,
  { t }: Visit,
): Page {
  return {
    title: question,
    within,
    content: html`
      <h1>${question}</h1>
      ${children}
      <div class="actions">
        <${Act} to=${to} label=${yes} fields=${fields} variant="primary" isDangerous />
        <a href=${back}>${t('form.no')}</a>
      </div>
    `,
  }
}

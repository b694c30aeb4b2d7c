import { html, type Markup } from '../html.ts'
import type { Tone } from './tag.ts'

/** What a person must not overlook: what came of what they did, or what stands in the way. */
export function Alert({
  tone = 'info',
  title,
  children,
}: {
  tone?: Exclude<Tone, 'neutral'>
  title: string
  children?: Markup
}) {
  return html`
    <div class="ds-alert notable" data-color=${tone} role=${tone === 'success' ? 'status' : undefined}>
      <h2>${title}</h2>
      ${children}
    </div>
  `
}

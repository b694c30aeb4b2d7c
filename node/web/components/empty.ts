import { html, type Markup } from '../html.ts'

/** Nothing to show: why, and what can be done. */
export function Empty({ why, children }: { why: string; children?: Markup }) {
  return html`
    <div class="empty">
      <p>${why}</p>
      ${children}
    </div>
  `
}

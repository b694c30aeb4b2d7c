import { html } from '../html.ts'

/** What is shown this once: a click marks all of it, to be copied. */
export function Secret({ label, value }: { label: string; value: string }) {
  return html`
    <p class="ds-label">${label}</p>
    <p><code class="secret" dir="ltr">${value}</code></p>
  `
}

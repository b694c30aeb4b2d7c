import { html, type Markup } from '../html.ts'

/** Colour never says anything that the words do not. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

export function Tag({ tone = 'neutral', children }: { tone?: Tone; children?: Markup }) {
  return html`<span class="ds-tag" data-color=${tone}>${children}</span>`
}

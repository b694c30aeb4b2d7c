import { html, type Markup } from '../html.ts'

export type Fact = readonly [label: string, value: Markup]

/** What something is, label by label; a fact without a value is left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const shown = facts.filter(([, value]) => value !== undefined && value !== null && value !== '')
  return html`
    <dl class="facts">
      ${shown.map(
        ([label, value]) => html`
          <dt>${label}</dt>
          <dd>${value}</dd>
        `,
      )}
    </dl>
  `
}

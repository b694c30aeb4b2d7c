import { html } from '../html.ts'

export interface ActOf {
  /** Where it is sent. */
  to: string
  label: string
  /** What several of them on one page are told apart by. */
  about?: string
  fields?: Record<string, string>
  variant?: 'primary' | 'secondary' | 'tertiary'
  isDangerous?: boolean
}

/** A button that does one thing. */
export function Act({ to, label, about, fields = {}, variant = 'secondary', isDangerous = false }: ActOf) {
  return html`
    <form method="post" action=${to} class="act">
      ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`)}
      <button class="ds-button" type="submit" data-variant=${variant} data-color=${isDangerous ? 'danger' : undefined}>
        ${label}${about && html`<span class="ds-sr-only"> ${about}</span>`}
      </button>
    </form>
  `
}

/** A link that looks like what it leads to: doing something. */
export function LinkButton({ to, label, variant = 'secondary' }: Pick<ActOf, 'to' | 'label' | 'variant'>) {
  return html`<a class="ds-button" data-variant=${variant} href=${to}>${label}</a>`
}

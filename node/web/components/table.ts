import { html, type Markup } from '../html.ts'

export interface TableOf {
  /** Says what it is to whoever cannot see it, and stands above it unless the heading says the same. */
  caption: string
  isCaptionShown?: boolean
  head: readonly string[]
  /** The first cell of each names its row. */
  rows: readonly (readonly Markup[])[]
}

/** Rows and columns, scrolled by themselves where the window is narrow. */
export function Table({ caption, isCaptionShown = false, head, rows }: TableOf) {
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table class="ds-table">
        <caption class=${isCaptionShown ? undefined : 'ds-sr-only'}>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${head.map(each => html`<th scope="col">${each}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([first, ...rest]) => html`
              <tr>
                <th scope="row">${first}</th>
                ${rest.map(cell => html`<td>${cell}</td>`)}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}

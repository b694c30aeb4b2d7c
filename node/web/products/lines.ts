import type { NoticeView } from '../../desk/desk.ts'
import { Empty } from '../components/empty.ts'
import { NoticeLine } from '../components/notice-line.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'

export interface LinesOf {
  id: string
  views: readonly NoticeView[]
  /** Why there are none. */
  none?: string
  visit: Visit
  office: Office
}

/** Notices about goods, renewed when something arrives. */
export function Lines(props: LinesOf) {
  return html`<${Listed} ...${props} hasCards=${false} />`
}

/** The same for what is to be looked out for, each with its card. */
export function Alerts(props: LinesOf) {
  return html`<${Listed} ...${props} hasCards=${true} />`
}

function Listed({ id, views, none = '', visit, office, hasCards }: LinesOf & { hasCards: boolean }) {
  if (views.length === 0) return html`<div id=${id} data-live><${Empty} why=${none} /></div>`
  return html`
    <div id=${id} data-live>
      <ul class="plain-list rows">
        ${views.map(
          view => html`
            <li key=${view.id}>
              <${NoticeLine} view=${view} visit=${visit} types=${office.desk.types}>
                ${
                  hasCards &&
                  html`<p><a href=${`/notices/${encodeURIComponent(view.id)}/card`}>${visit.t('products.card.open')}</a></p>`
                }
              <//>
            </li>
          `,
        )}
      </ul>
    </div>
  `
}

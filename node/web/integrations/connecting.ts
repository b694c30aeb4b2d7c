import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

const steps = [
  { message: 'integrations.step-token', operation: '/api/introduction' },
  { message: 'integrations.step-screen', operation: '/api/screen' },
  { message: 'integrations.step-follow', operation: '/api/listEvents' },
  { message: 'integrations.step-told', operation: '/api/createSubscription' },
  { message: 'integrations.step-report', operation: '/api/reportSighting' },
] as const

/** How to connect a national system, in five lines. */
export function Connecting({ visit: { t } }: { visit: Visit }) {
  return html`
    <h2>${t('integrations.connect')}</h2>
    <ol>
      ${steps.map(
        ({ message, operation }) => html`
          <li>
            ${t(message)} <a href=${operation}>${t('reference.title')}<span class="ds-sr-only"> ${operation}</span></a>
          </li>
        `,
      )}
    </ol>
    <p><a href="/api">${t('integrations.reference')}</a></p>
  `
}

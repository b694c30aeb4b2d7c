import { Code } from '../components/code.ts'
import { Facts } from '../components/facts.ts'
import { html } from '../html.ts'
import type { WebhookRules } from '../office.ts'
import type { Visit } from '../visit.ts'

/** Where webhooks may go, as the operator has configured it. */
export function Networks({ rules, visit: { t } }: { rules: WebhookRules; visit: Visit }) {
  const { allowNetworks, allowPorts, allowHttp } = rules
  const isNowhere = allowNetworks.length === 0
  return html`
    <h2>${t('integrations.networks')}</h2>
    <p>${t(isNowhere ? 'integrations.networks-none' : 'integrations.networks-some')}</p>
    ${
      !isNowhere &&
      html`<${Facts}
        facts=${[
          [t('integrations.networks-list'), html`<${Code}>${allowNetworks.join(', ')}<//>`],
          [t('integrations.ports-list'), html`<${Code}>${allowPorts.join(', ')}<//>`],
          [t('integrations.tls'), t(allowHttp ? 'integrations.tls-not' : 'integrations.tls-always')],
        ]}
      />`
    }
    <p class="quiet">${t('integrations.networks-ask')}</p>
  `
}

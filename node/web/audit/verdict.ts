import type { AuditCheck } from '../../audit.ts'
import { Alert } from '../components/alert.ts'
import { Code } from '../components/code.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

/** Whether the trail is whole, in words; without a verdict, how to get one. */
export function Verdict({ verdict, visit: { t } }: { verdict: AuditCheck | undefined; visit: Visit }) {
  if (verdict === undefined) return html`<p><a href="/audit?check=yes">${t('audit.check')}</a></p>`
  if (verdict.isWhole) {
    return html`
      <p role="status">
        ${t('audit.whole', { count: verdict.entries })}
        ${' '}<span class="quiet">${t('audit.seal')} <${Code}>${verdict.last.number}:${verdict.last.hash.slice(0, 16)}<//></span>
      </p>
    `
  }
  return html`
    <${Alert} tone="danger" title=${t('audit.broken')}>
      <p>${t(`audit.broken-${verdict.what}`, { number: verdict.number })}</p>
      <p>${t('audit.broken-do')}</p>
    <//>
  `
}

import type { FieldError } from '#protocol'
import type { Returned } from '../../desk/drafting.ts'
import { Written } from '../components/code.ts'
import { ErrorSummary, faultOf } from '../components/error-summary.ts'
import { TextArea } from '../components/field.ts'
import { When } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import type { Work } from './work.ts'

/** What a releaser wrote who sends it back, and what is wrong with it. */
export interface WrongReason {
  reason: string
  errors: readonly FieldError[]
}

interface SendBackOf {
  work: Work
  visit: MemberVisit
  wrong: WrongReason | undefined
}

/** For who has read it and does not release it: closed until it is wanted. */
export function SendBack({ work, visit, wrong }: SendBackOf): Markup {
  const { t } = visit
  const label = t('drafting.return-reason')
  const missing = wrong?.reason.trim() === '' ? [t('drafting.return-reason-missing')] : []
  const faults = (wrong?.errors ?? []).map(({ detail }) => faultOf(label, detail, visit))
  const [error] = [...missing, ...faults]
  return html`
    <details class="more" open=${wrong !== undefined}>
      <summary>${t('drafting.return')}</summary>
      <form method="post" action=${`/drafts/${work.id}/return`}>
        ${error && html`<${ErrorSummary} errors=${[{ name: 'reason', message: error }]} visit=${visit} />`}
        <input type="hidden" name="version" value=${work.draft?.version ?? ''} />
        <${TextArea}
          name="reason"
          label=${label}
          description=${t('drafting.return-reason-about')}
          value=${wrong?.reason ?? ''}
          ...${error !== undefined && { error }}
        />
        <button class="ds-button" data-variant="secondary">${t('drafting.return-it')}</button>
      </form>
    </details>
  `
}

/** Who sent it back, when, and why. */
export function SentBack({
  returned: { by, at, reason },
  visit,
  office,
}: {
  returned: Returned
  visit: MemberVisit
  office: Office
}): Markup {
  const { t } = visit
  const name = office.people.find(by)?.name ?? t('drafting.somebody')
  return html`
    <div class="note" id="returned">
      <h2>${t('drafting.returned-by', { name })} <${When} at=${at} visit=${visit} /></h2>
      <p class="prose"><${Written}>${reason}<//></p>
      <p class="quiet">${t('drafting.returned-then')}</p>
    </div>
  `
}

import { When } from '../components/when.ts'
import { html } from '../html.ts'
import type { MemberVisit } from '../visit.ts'
import { valueIn } from './form/answers.ts'
import type { StepPage } from './page-of-step.ts'
import { Shown } from './shown.ts'
import type { Work } from './work.ts'

/** What is held now, beside the form with what was sent. */
export function ChangedByOther({
  work,
  page,
  name,
  visit,
}: {
  work: Work
  page: StepPage
  name: string
  visit: MemberVisit
}) {
  const { t, words } = visit
  return html`
    <div class="note" role="alert">
      <h2>${t('drafting.changed-title', { name })}</h2>
      <p>${t('drafting.changed-about')} <${When} at=${work.updatedAt} visit=${visit} /></p>
      <dl class="facts">
        ${page.fields.map(
          ({ at, field }) => html`
            <dt>${words(field.title)}</dt>
            <dd><${Shown} value=${valueIn(work.given, field, at)} field=${field} visit=${visit} /></dd>
          `,
        )}
      </dl>
    </div>
  `
}

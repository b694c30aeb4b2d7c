import { isObject, type Json } from '#protocol'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import { isAnswered, valueIn } from './form/answers.ts'
import { below } from './form/pointer.ts'
import type { Step } from './form/steps.ts'
import { Shown, ShownGroup } from './shown.ts'
import { stepTitle } from './step-title.ts'
import type { Work } from './work.ts'

export interface WholeOf {
  work: Work
  visit: MemberVisit
  office: Office
  /** Each part can be changed from here. */
  isChangeable: boolean
}

/** All answers, part by part: what is checked before it is sent for release, and read before it is released. */
export function Whole({ work, visit, isChangeable }: WholeOf): Markup {
  const shown = work.steps.filter(
    step =>
      step.kind !== 'audience' &&
      (!step.isOptional || step.fields.some(({ at }) => isAnswered(work.answers, at))),
  )
  return html`
    <div class="whole">
      ${shown.map(
        step => html`
          <section key=${step.id} aria-labelledby=${`part-${step.id}`}>
            <div class="part-head">
              <h2 id=${`part-${step.id}`}>${stepTitle(step, visit)}</h2>
              ${isChangeable && html`<${Change} work=${work} step=${step} visit=${visit} />`}
            </div>
            <${Answers} step=${step} work=${work} visit=${visit} />
          </section>
        `,
      )}
    </div>
  `
}

export function Change({ work, step, visit }: { work: Work; step: Step; visit: MemberVisit }) {
  return html`
    <a href=${`/drafts/${work.id}/${step.id}`}>
      ${visit.t('drafting.change')}<span class="ds-sr-only"> ${stepTitle(step, visit)}</span>
    </a>
  `
}

function Answers({ step, work, visit }: { step: Step; work: Work; visit: MemberVisit }): Markup {
  if (step.kind === 'parties' && step.fields.length > 1)
    return html`<${Parties} work=${work} step=${step} visit=${visit} />`
  const [only] = step.fields
  if (step.fields.length === 1 && only)
    return html`<${Shown} value=${valueAt(work, only.at, only.field)} field=${only.field} visit=${visit} />`
  return html`
    <dl class="facts">
      ${step.fields
        .map(({ at, field }) => ({ field, value: valueAt(work, at, field) }))
        .filter(({ field, value }) => value !== undefined || !field.isOptional)
        .map(
          ({ field, value }) => html`
            <dt>${visit.words(field.title)}</dt>
            <dd><${Shown} value=${value} field=${field} visit=${visit} /></dd>
          `,
        )}
    </dl>
  `
}

function Parties({ work, step, visit }: { work: Work; step: Step; visit: MemberVisit }) {
  const [parties, names] = step.fields
  if (parties?.field.kind !== 'keyed' || names?.field.kind !== 'keyed') return null
  const all = valueAt(work, parties.at, parties.field)
  const { item } = parties.field
  const nameItem = names.field.item
  return html`
    ${Object.entries(isObject(all) ? all : {}).map(([key, party]) => {
      const named = valueIn(work.answers, nameItem, below('/nominal', key))
      const isNamed = isAnswered(work.answers, below('/nominal', key))
      return html`
        <${ShownGroup} value=${party as Json} field=${item} visit=${visit} />
        ${isNamed && html`<div class="apart"><p class="quiet">${visit.t('drafting.names-here')}</p><${ShownGroup} value=${named} field=${nameItem} visit=${visit} /></div>`}
      `
    })}
  `
}

function valueAt(work: Work, at: string, field: Parameters<typeof valueIn>[1]): Json | undefined {
  const value = valueIn(work.answers, field, at)
  return isObject(value) && Object.keys(value).length === 0 ? undefined : value
}

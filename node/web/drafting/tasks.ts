import { Tag, type Tone } from '../components/tag.ts'
import { When } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { deadlineOf } from './deadline.ts'
import { DeadlineLine } from './deadline-line.ts'
import type { Step } from './form/steps.ts'
import { DraftTitle } from './list.ts'
import { SentBack } from './send-back.ts'
import { SimilarNotices, similarTo } from './similar.ts'
import { stepTitle } from './step-title.ts'
import { dayOfVisit, nextStep, openWork, type StepState, stateOf, type Work } from './work.ts'

/** All parts of a draft, with what is done and what is not: where one goes on. */
export async function showTasks(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openWork(office, visit)
  if ('to' in work) return work
  if (!work.mayWrite) return { to: `/drafts/${work.id}/release` }
  const { t, words } = visit
  const similar = await similarTo(office, visit, work)
  const needed = work.steps.filter(({ isOptional }) => !isOptional)
  const more = work.steps.filter(({ isOptional }) => isOptional)
  const done = needed.filter(step => stateOf(step, work) === 'done').length
  const next = nextStep(work)
  const deadline = deadlineOf(work.value, dayOfVisit(visit))
  return {
    title: words(work.type.label),
    within: '/new',
    content: html`
      <p class="quiet"><a href="/drafts">${t('drafting.all-drafts')}</a></p>
      <h1><${DraftTitle} label=${work.type.label} answers=${work.answers} visit=${visit} /></h1>
      <${Standing} work=${work} office=${office} visit=${visit} />
      ${deadline && html`<${DeadlineLine} deadline=${deadline} visit=${visit} />`}
      <div class="columns">
        <div>
          <p class="actions">
            <a class="ds-button" href=${next ? `/drafts/${work.id}/${next.id}` : `/drafts/${work.id}/check`}>
              ${t(next === undefined ? 'drafting.check' : done === 0 ? 'drafting.start' : 'drafting.continue')}
            </a>
            <span class="quiet">${t('drafting.progress', { done, of: needed.length })}</span>
          </p>
          <h2>${t('drafting.needed')}</h2>
          <${Tasks} steps=${needed} work=${work} visit=${visit} />
          ${
            more.length > 0 &&
            html`
              <h2>${t('drafting.more')}</h2>
              <${Tasks} steps=${more} work=${work} visit=${visit} />
            `
          }
          <p><a href=${`/drafts/${work.id}/check`}>${t('drafting.check')}</a></p>
          <p class="quiet"><a href=${`/drafts/${work.id}/delete`}>${t('drafting.delete')}</a></p>
        </div>
        <${SimilarNotices} work=${work} found=${similar} visit=${visit} office=${office} />
      </div>
    `,
  }
}

function Standing({ work, office, visit }: { work: Work; office: Office; visit: MemberVisit }) {
  const { t } = visit
  const { draft, unfinished, id } = work
  const by = office.people.find(unfinished?.by ?? draft?.author ?? '')?.name ?? t('drafting.somebody')
  return html`
    <p class="quiet">
      ${t('drafting.changed-by', { name: by })}${' '}<${When} at=${work.updatedAt} visit=${visit} />
    </p>
    ${draft?.returned && html`<${SentBack} returned=${draft.returned} visit=${visit} office=${office} />`}
    ${
      draft &&
      !draft.returned &&
      html`<p class="note">
        ${t(unfinished ? 'drafting.changing-waiting' : 'drafting.is-waiting')}${' '}
        <a href=${`/drafts/${id}/release`}>${t('drafting.see-waiting')}</a>
      </p>`
    }
  `
}

const tones: Record<StepState, Tone> = { done: 'success', problems: 'danger', todo: 'info', empty: 'neutral' }

function Tasks({ steps, work, visit }: { steps: readonly Step[]; work: Work; visit: MemberVisit }): Markup {
  return html`
    <ol class="plain-list rows tasks">
      ${steps.map(step => {
        const state = stateOf(step, work)
        const address = `/drafts/${work.id}/${step.id}${state === 'problems' ? '?problems=1' : ''}`
        return html`
          <li key=${step.id}>
            <a href=${address} aria-describedby=${`state-${step.id}`}>${stepTitle(step, visit)}</a>
            <span id=${`state-${step.id}`}><${Tag} tone=${tones[state]}>${visit.t(`drafting.step-${state}`)}<//></span>
          </li>
        `
      })}
    </ol>
  `
}

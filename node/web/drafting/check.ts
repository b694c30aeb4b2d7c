import { type FocalpointError, isError } from '#protocol'
import { problemOf } from '../../desk/problem.ts'
import { Refused } from '../components/refused.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { Answered, answeredBy } from './answered.ts'
import { audienceOfWork } from './audience.ts'
import { deadlineOf } from './deadline.ts'
import { DeadlineLine } from './deadline-line.ts'
import { DraftTitle } from './list.ts'
import { SentBack } from './send-back.ts'
import { SimilarNotices, similarTo } from './similar.ts'
import { openForWriting } from './step.ts'
import { stepTitle } from './step-title.ts'
import { WhoSees } from './who-sees.ts'
import { Change, Whole } from './whole.ts'
import { dayOfVisit, errorsElsewhere, stateOf, type Work } from './work.ts'

export async function showCheck(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openForWriting(office, visit)
  return 'to' in work ? work : checkPage(office, visit, work)
}

/** What is wrong after it was sent. */
interface RefusedBy {
  status: number
  message: string
  error?: FocalpointError
}

async function checkPage(office: Office, visit: MemberVisit, work: Work, refused?: RefusedBy): Promise<Page> {
  const { t, words } = visit
  const open = work.steps.filter(step => ['todo', 'problems'].includes(stateOf(step, work)))
  const elsewhere = errorsElsewhere(work)
  const isReady = open.length === 0 && elsewhere.length === 0
  const audienceStep = work.steps.find(({ kind }) => kind === 'audience')
  const story = await answeredBy(office, visit, work)
  const deadline = deadlineOf(work.value, dayOfVisit(visit))
  return {
    title: t('drafting.check'),
    within: '/new',
    status: refused?.status ?? 200,
    content: html`
      <p class="quiet"><a href=${`/drafts/${work.id}`}>${words(work.type.label)}: ${t('drafting.all-parts')}</a></p>
      ${refused && html`<${Refused} ...${refused} visit=${visit} />`}
      <h1>${t('drafting.check')}</h1>
      <p class="lead"><${DraftTitle} label=${work.type.label} answers=${work.answers} visit=${visit} /></p>
      ${work.draft?.returned && html`<${SentBack} returned=${work.draft.returned} visit=${visit} office=${office} />`}
      ${story && html`<${Answered} story=${story} work=${work} visit=${visit} office=${office} />`}
      ${deadline && html`<${DeadlineLine} deadline=${deadline} visit=${visit} />`}
      ${
        !isReady &&
        html`
          <div class="note">
            <h2>${t('drafting.not-ready')}</h2>
            <ul>
              ${open.map(step => html`<li key=${step.id}><a href=${`/drafts/${work.id}/${step.id}?problems=1`}>${stepTitle(step, visit)}</a></li>`)}
              ${elsewhere.map(({ detail }) => html`<li>${words(detail)}</li>`)}
            </ul>
          </div>
        `
      }
      <div class="columns">
        <div>
          <${Whole} work=${work} visit=${visit} office=${office} isChangeable=${true} />
          <${WhoSees} audience=${await audienceOfWork(office, work)} visit=${visit} office=${office} />
          ${audienceStep && html`<p><${Change} work=${work} step=${audienceStep} visit=${visit} /></p>`}
          <${Send} work=${work} isReady=${isReady} visit=${visit} />
        </div>
        <${SimilarNotices} work=${work} found=${await similarTo(office, visit, work)} visit=${visit} office=${office} />
      </div>
    `,
  }
}

function Send({ work, isReady, visit: { t } }: { work: Work; isReady: boolean; visit: MemberVisit }) {
  const { unfinished, draft } = work
  if (unfinished === undefined && !draft?.returned)
    return html`<p class="note">${t('drafting.is-waiting')} <a href=${`/drafts/${work.id}/release`}>${t('drafting.see-waiting')}</a></p>`
  return html`
    <form method="post" action=${`/drafts/${work.id}/check`} class="send">
      <h2>${t('drafting.send-title')}</h2>
      <p>${unfinished === undefined && t('drafting.send-unchanged')} ${t('drafting.send-about')}</p>
      <input type="hidden" name="version" value=${(unfinished ?? draft)?.version ?? ''} />
      <input type="hidden" name="returned" value=${returnMark(work)} />
      <button class="ds-button" disabled=${!isReady}>${t('drafting.send')}</button>
    </form>
  `
}

/** Which reason was read before it is sent again. */
function returnMark({ draft }: Work): string {
  return String(draft?.returned?.at ?? '')
}

/** Makes it a draft that waits for release; one that was sent back waits again, changed or not. */
export async function submitCheck(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openForWriting(office, visit)
  if ('to' in work) return work
  const { unfinished, draft } = work
  if (unfinished === undefined && !draft?.returned) return { to: `/drafts/${work.id}/release` }
  if ((visit.fields.get('returned') ?? '') !== returnMark(work)) {
    return checkPage(office, visit, work, { status: 412, message: visit.t('drafting.returned-meanwhile') })
  }
  const { desk } = office
  const { person } = visit.visitor
  const version = Number(visit.fields.get('version'))
  try {
    if (unfinished !== undefined) await desk.unfinished.finish(work.id, work.value, person, { version })
    else await desk.drafts.replace(work.id, draft?.draft, person, { version })
  } catch (thrown) {
    if (!isError(thrown)) throw thrown
    const { status } = problemOf(thrown)
    if (status >= 500) throw thrown
    return checkPage(office, visit, work, { status, message: visit.wordsOf(thrown), error: thrown })
  }
  return { to: `/drafts/${work.id}/release` }
}

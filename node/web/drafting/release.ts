import { type FieldError, FocalpointError, formErrors, isError } from '#protocol'
import type { Sending } from '../../desk/drafting.ts'
import { problemOf } from '../../desk/problem.ts'
import { returnForm } from '../../desk/return-form.ts'
import { Refused } from '../components/refused.ts'
import { When } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import { has, type MemberVisit } from '../visit.ts'
import { Answered, answeredBy } from './answered.ts'
import { audienceOfWork } from './audience.ts'
import { deadlineOf } from './deadline.ts'
import { DeadlineLine } from './deadline-line.ts'
import { DraftTitle } from './list.ts'
import { SendBack, SentBack, type WrongReason } from './send-back.ts'
import { SendingState } from './sending-state.ts'
import { SimilarNotices, similarTo } from './similar.ts'
import { WhoSees } from './who-sees.ts'
import { Whole } from './whole.ts'
import { dayOfVisit, openWork, type Work, workOf } from './work.ts'

/** The version that waits, whole; who wrote it, who will see it; and the button, for whoever did not write it. */
export async function showRelease(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openWork(office, visit)
  return 'to' in work ? work : releasePage(office, visit, work)
}

async function releasePage(
  office: Office,
  visit: MemberVisit,
  open: Work,
  { refused, wrong }: { refused?: FocalpointError; wrong?: WrongReason } = {},
): Promise<Page> {
  const { t } = visit
  if (open.draft === undefined) return notYet(open, visit)
  const work = workOf(office, visit, { draft: open.draft, unfinished: undefined })
  const sending = office.desk.sendings.find(work.id)
  const isCounting = sending?.state === 'counting'
  const isTheirs = work.editors.includes(visit.visitor.person.id)
  const { returned } = open.draft
  const waiting = isTheirs ? 'drafting.waits' : 'drafting.release-title'
  const title = t(returned ? 'drafting.returned' : isCounting ? 'drafting.sending-title' : waiting)
  const isStopped = sending === undefined && visit.url.searchParams.has('stopped')
  const story = await answeredBy(office, visit, work)
  const deadline = deadlineOf(work.value, dayOfVisit(visit))
  return {
    title,
    within: '/new',
    status: refused ? problemOf(refused).status : wrong ? 422 : 200,
    ...(isCounting && { againAfterSeconds: Math.max(1, sending.sendAt - visit.now + 1) }),
    content: html`
      <p class="quiet"><a href="/drafts">${t('drafting.all-drafts')}</a></p>
      ${refused && html`<${Refused} message=${visit.wordsOf(refused)} error=${refused} visit=${visit} />`}
      <h1>${title}</h1>
      ${isStopped && html`<p class="note" role="status">${t('drafting.stopped')}</p>`}
      ${returned && html`<${SentBack} returned=${returned} visit=${visit} office=${office} />`}
      ${isTheirs && !isCounting && !returned && html`<p>${waitsFor(work, office, visit)}</p>`}
      <p class="lead"><${DraftTitle} label=${work.type.label} answers=${work.answers} visit=${visit} /></p>
      ${sending && html`<${SendingState} sending=${sending} work=${work} visit=${visit} office=${office} />`}
      ${story && html`<${Answered} story=${story} work=${work} visit=${visit} office=${office} />`}
      <p>
        ${t('drafting.written-by', { names: namesOf(work, office, visit) })}${' '}
        <${When} at=${work.updatedAt} visit=${visit} />
      </p>
      ${open.unfinished && html`<p class="note">${t('drafting.changing-now')}</p>`}
      ${deadline && html`<${DeadlineLine} deadline=${deadline} visit=${visit} />`}
      <div class="columns">
        <div>
          <${Whole} work=${work} visit=${visit} office=${office} isChangeable=${false} />
          <${WhoSees} audience=${await audienceOfWork(office, work)} visit=${visit} office=${office} />
          ${!isCounting && !returned && html`<${Release} work=${work} sending=${sending} office=${office} visit=${visit} />`}
          ${!isCounting && !returned && maySendBack(work, visit) && html`<${SendBack} work=${work} visit=${visit} wrong=${wrong} />`}
          ${work.mayWrite && html`<p><a href=${`/drafts/${work.id}`}>${t('drafting.change-draft')}</a></p>`}
        </div>
        <${SimilarNotices} work=${work} found=${await similarTo(office, visit, work)} visit=${visit} office=${office} />
      </div>
    `,
  }
}

function notYet(work: Work, { t }: MemberVisit): Page {
  return {
    title: t('drafting.release-title'),
    within: '/new',
    content: html`
      <h1>${t('drafting.release-title')}</h1>
      <p class="lead">${t('drafting.not-sent-yet')}</p>
      <p>${work.mayWrite ? html`<a href=${`/drafts/${work.id}`}>${t('drafting.continue')}</a>` : html`<a href="/drafts">${t('drafting.all-drafts')}</a>`}</p>
    `,
  }
}

interface ReleaseOf {
  work: Work
  sending: Sending | undefined
  office: Office
  visit: MemberVisit
}

/** The button; or why this person has none, and who has. */
function Release({ work, office, visit }: ReleaseOf): Markup {
  const { t, formats, visitor } = visit
  const others = releasersOf(work, office)
  const who =
    others.length === 0
      ? t('drafting.no-releaser')
      : t('drafting.who-releases', { names: formats.list(others) })
  if (work.editors.includes(visitor.person.id))
    return html`<div class="note" id="four-eyes"><h2>${t('drafting.four-eyes')}</h2><p>${t('drafting.four-eyes-about')} ${who}</p></div>`
  if (!has(visit, 'releaser'))
    return html`<div class="note"><h2>${t('drafting.waits')}</h2><p>${who}</p></div>`
  const seconds = office.desk.sendings.pauseSeconds
  return html`
    <form method="post" action=${`/drafts/${work.id}/release`} class="send">
      <h2>${t('drafting.release-this')}</h2>
      <p>${t('drafting.release-about')} ${seconds > 0 && t('drafting.release-pause', { seconds })}</p>
      <input type="hidden" name="version" value=${work.draft?.version ?? ''} />
      <button class="ds-button">${t('drafting.release')}</button>
    </form>
  `
}

/** Who may release it: nobody who wrote at it. */
function releasersOf({ editors }: Work, { people }: Office): string[] {
  return people
    .list()
    .filter(({ id, roles, disabled }) => !disabled && roles.includes('releaser') && !editors.includes(id))
    .map(({ name }) => name)
}

function waitsFor(work: Work, office: Office, { t, formats }: MemberVisit): string {
  const others = releasersOf(work, office)
  return others.length === 0
    ? t('drafting.no-releaser')
    : t('drafting.waits-for', { names: formats.either(others) })
}

function namesOf(work: Work, { people }: Office, { t, formats }: MemberVisit): string {
  const ids = [...new Set([work.author, ...work.editors])]
  return formats.list(ids.map(id => people.find(id)?.name ?? t('drafting.somebody')))
}

/** Which one was read. Throws `draft-changed`. */
function versionIn({ fields }: MemberVisit, { id }: Work): number {
  const version = Number(fields.get('version'))
  if (Number.isSafeInteger(version) && version >= 1) return version
  throw new FocalpointError('draft-changed', 'Read the draft again, then decide.', { draft: id })
}

/** Twice the same is one: the second finds it counting, or sent. */
export async function submitRelease(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openWork(office, visit)
  if ('to' in work) return work
  const version = versionIn(visit, work)
  try {
    await office.desk.sendings.begin(work.id, visit.visitor.person, { version })
  } catch (thrown) {
    if (!isError(thrown)) throw thrown
    if (isError(thrown, 'already-released')) return { to: `/drafts/${work.id}/release` }
    return releasePage(office, visit, work, { refused: thrown })
  }
  return { to: `/drafts/${work.id}/release` }
}

/** Whoever wrote it changes it instead. */
function maySendBack({ author }: Work, visit: MemberVisit): boolean {
  return has(visit, 'releaser') && author !== visit.visitor.person.id
}

/** It then waits for its author, with the reason, and not for release. */
export async function submitReturn(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openWork(office, visit)
  if ('to' in work) return work
  const reason = visit.fields.get('reason') ?? ''
  const errors: FieldError[] = formErrors(returnForm, { reason })
  if (errors.length > 0) return releasePage(office, visit, work, { wrong: { reason, errors } })
  const { person } = visit.visitor
  const said = returnForm.parse({ reason }).reason
  try {
    await office.desk.drafts.sendBack(work.id, said, person, { version: versionIn(visit, work) })
  } catch (thrown) {
    if (!isError(thrown) || problemOf(thrown).status >= 500) throw thrown
    return releasePage(office, visit, work, { refused: thrown })
  }
  return { to: `/drafts/${work.id}/release` }
}

/** Anybody who may release, and whoever wrote it. */
export async function submitStop(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openWork(office, visit)
  if ('to' in work) return work
  if (!has(visit, 'releaser') && !work.editors.includes(visit.visitor.person.id) && !work.mayWrite)
    throw new FocalpointError('forbidden', 'Only whoever wrote this, or may release it, can stop it.', {
      needs: ['releaser'],
    })
  await office.desk.sendings.stop(work.id, visit.visitor.person)
  return { to: `/drafts/${work.id}/release?stopped=1` }
}

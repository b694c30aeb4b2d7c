import { valueAt } from '#protocol'
import { Code } from '../components/code.ts'
import { summaryOf } from '../components/notice-line.ts'
import { html } from '../html.ts'
import { type Change, Changes, changesBetween } from '../notices/changes.ts'
import { relationOf } from '../notices/history.ts'
import { readStory, type Story } from '../notices/story.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import { objectAt, type Work } from './work.ts'

/** The notice that a draft answers, with all that is known of it; undefined for one that stands by itself. */
export async function answeredBy(office: Office, visit: MemberVisit, work: Work): Promise<Story | undefined> {
  const { answers } = work.type
  const id = answers && valueAt(objectAt(work.value, 'body'), `/${answers.field}`)
  return typeof id === 'string' ? readStory(office, { ...visit, params: { id } }) : undefined
}

interface AnsweredOf {
  story: Story
  work: Work
  visit: MemberVisit
  office: Office
}

/** Which notice this answers, and what would then stand otherwise in it. */
export function Answered({ story, work, visit, office }: AnsweredOf) {
  const { view } = story
  const rel = work.type.answers?.rel ?? ''
  return html`
    <section class="note" aria-labelledby="answered">
      <h2 id="answered">${visit.t(relationOf(rel).to)}</h2>
      <p>
        <a href=${`/notices/${view.id}`}>${summaryOf(view, visit, office.desk.types)}</a>${' '}
        <span class="quiet">${visit.words(view.label)} · <${Code}>${view.issuer}<//></span>
      </p>
      <${Changes} changes=${changesOf(story, work, visit)} visit=${visit} />
    </section>
  `
}

function changesOf({ body, type }: Story, work: Work, visit: MemberVisit): Change[] {
  const { corrects } = work.type
  if (corrects === undefined || body === undefined || type === undefined) return []
  const next = corrects.corrected(objectAt(work.value, 'body') as never, body)
  return next === undefined ? [] : changesBetween({ was: body, next, type, visit })
}

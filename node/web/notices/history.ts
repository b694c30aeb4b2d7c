import type { NoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { answers } from '../components/answered.ts'
import { Code } from '../components/code.ts'
import { NoticeLine } from '../components/notice-line.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import type { Story } from './story.ts'

interface HistoryOf {
  story: Story
  visit: Visit
  types: readonly NoticeType[]
}

/** How this notice refers to another, and how another refers to this one. */
const relations = new Map<string, { to: MessageKey; from: MessageKey }>([
  ['about', { to: 'notice.rel.about', from: 'notice.rel.about.from' }],
  ['follows', { to: 'notice.rel.follows', from: 'notice.rel.follows.from' }],
  ['corrects', { to: 'notice.rel.corrects', from: 'notice.rel.corrects.from' }],
  ['withdraws', { to: 'notice.rel.withdraws', from: 'notice.rel.withdraws.from' }],
  ['renews', { to: 'notice.rel.renews', from: 'notice.rel.renews.from' }],
  ['answers', { to: 'notice.rel.answers', from: 'notice.rel.answers.from' }],
  ['duplicates', { to: 'notice.rel.duplicates', from: 'notice.rel.duplicates.from' }],
])
const otherRelation = { to: 'notice.rel.other', from: 'notice.rel.other' } as const

/** How a notice that refers to another in this way is told of; the word may be anybody's. */
export function relationOf(rel: string): { to: MessageKey; from: MessageKey } {
  return relations.get(rel) ?? otherRelation
}

/** What it refers to, and what others said of it since, oldest first. */
export function History({ story, visit, types }: HistoryOf) {
  const { refersTo, answers, moreAnswers } = story
  const { t } = visit
  return html`
    <h2>${t('notice.history')}</h2>
    ${refersTo.length + answers.length === 0 && html`<p class="quiet">${t('notice.history.none')}</p>`}
    <ul class="plain-list rows">
      ${refersTo.map(
        ({ id, rel, view }) => html`
          <li>
            <p class="quiet relation">${t(relationOf(rel).to)}</p>
            ${view ? line(view, { visit, types }) : html`<p><${Code}>${id}<//> <span class="quiet">${t('notice.ref.not-here')}</span></p>`}
          </li>
        `,
      )}
      ${answers.map(
        ({ view, rel }) => html`
          <li>
            <p class="quiet relation">${t(relationOf(rel).from)}</p>
            ${line(view, { visit, types, answered: story.view })}
          </li>
        `,
      )}
    </ul>
    ${moreAnswers > 0 && html`<p class="quiet">${t('notice.history.more', { count: moreAnswers })}</p>`}
  `
}

function line(
  view: NoticeView,
  { visit, types, answered }: Omit<HistoryOf, 'story'> & { answered?: NoticeView },
) {
  const changed = answered && answers(view, answered, types) ? answered : undefined
  return html`<${NoticeLine} ...${{ view, visit, types, answered: changed }} />`
}

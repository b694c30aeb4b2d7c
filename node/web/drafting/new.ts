import type { NoticeType } from '#protocol'
import { summaryOf } from '../components/notice-line.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { firstAnswers, typesFor } from './begin.ts'

/** What kind of notice it is to be; one that answers another begins at that other. */
export async function showNew(office: Office, visit: MemberVisit): Promise<Answer> {
  const { t, words, url } = visit
  const about = await answered(office, url.searchParams.get('about'))
  const types = typesFor(visit, office, about)
  const answering = office.desk.types.filter(({ answers }) => answers !== undefined)
  const title = t(about === undefined ? 'drafting.title' : 'drafting.answer-title')
  return {
    title,
    within: '/new',
    content: html`
      <h1>${title}</h1>
      ${
        about === undefined
          ? html`<p class="lead">${t('drafting.new-about')}</p>`
          : html`<p class="lead">
              <a href=${`/notices/${about.id}`}>${summaryOf(about, visit, office.desk.types)}</a>
            </p>`
      }
      <ul class="plain-list cards">
        ${types.map(type => html`<li key=${type.name}><${Card} type=${type} about=${about?.id} visit=${visit} /></li>`)}
      </ul>
      ${
        about === undefined &&
        html`
          <h2>${t('drafting.answers')}</h2>
          <p>${t('drafting.answers-about')} <a href="/notices">${t('nav.notices')}</a></p>
          <dl class="facts">
            ${answering.map(
              ({ label, purpose }) => html`
                <dt>${words(label)}</dt>
                <dd>${words(purpose)}</dd>
              `,
            )}
          </dl>
        `
      }
      <p><a href="/drafts">${t('drafting.all-drafts')}</a></p>
    `,
  }
}

function Card({ type, about, visit }: { type: NoticeType; about: string | undefined; visit: MemberVisit }) {
  const { t, words } = visit
  return html`
    <form method="post" action="/new" class="ds-card card">
      <h2>${words(type.label)}</h2>
      <p>${words(type.purpose)}</p>
      ${about !== undefined && html`<input type="hidden" name="about" value=${about} />`}
      <button
        class="ds-button"
        name="type"
        value=${type.name}
        aria-label=${`${t('drafting.begin')}: ${words(type.label)}`}
      >
        ${t('drafting.begin')}
      </button>
    </form>
  `
}

export async function submitNew(office: Office, visit: MemberVisit): Promise<Answer> {
  const about = await answered(office, visit.fields.get('about'))
  const typeName = visit.fields.get('type') ?? ''
  const { type, answers } = await firstAnswers(office, visit, { typeName, about })
  const { id } = await office.desk.unfinished.create({ type: type.name, answers }, visit.visitor.person)
  return { to: `/drafts/${id}` }
}

function answered({ desk }: Office, id: string | null) {
  return id === null ? undefined : desk.notices.find(id, { nominal: true })
}

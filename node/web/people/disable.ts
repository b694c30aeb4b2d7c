import type { Person } from '../../people.ts'
import { confirmPage } from '../components/confirm.ts'
import { Empty } from '../components/empty.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'

export function disablePage(person: Person, { people }: Office, visit: MemberVisit): Page {
  const { t } = visit
  const question = t('people.disable-question', { name: person.name })
  const back = `/people/${person.id}`
  if (people.isLastAdmin(person)) {
    return {
      title: question,
      within: '/people',
      content: html`
        <h1>${question}</h1>
        <${Empty} why=${t('people.disable-last')}><p><a href="/people/new">${t('people.add')}</a></p><//>
      `,
    }
  }
  const isSelf = person.id === visit.visitor.person.id
  return confirmPage(
    {
      question,
      children: html`<p>${t('people.disable-what')}</p>${isSelf && html`<p>${t('people.disable-self')}</p>`}`,
      to: `${back}/disable`,
      yes: t('people.disable'),
      back,
      within: '/people',
    },
    visit,
  )
}

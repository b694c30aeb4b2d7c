import type { Person } from '../../people.ts'
import { confirmPage } from '../components/confirm.ts'
import { Empty } from '../components/empty.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'

/** Asked before; not where nobody could come in any more. */
export function endSessionsPage(person: Person, { people, signIn }: Office, visit: MemberVisit): Page {
  const { t } = visit
  const { id, name } = person
  const question = t('people.end-sessions-question', { name })
  const back = `/people/${id}`
  const within = '/people'
  if (people.isLastAdmin(person) && !signIn.hasPassword(id)) {
    const why = t('people.end-sessions-last')
    return {
      title: question,
      within,
      content: html`<h1>${question}</h1><${Empty} why=${why}><p><a href=${back}>${name}</a></p><//>`,
    }
  }
  const isSelf = id === visit.visitor.person.id
  return confirmPage(
    {
      question,
      children: html`<p>${t('people.end-sessions-what')}</p>${isSelf && html`<p>${t('people.disable-self')}</p>`}`,
      to: `/people/${id}/end-sessions`,
      yes: t('people.end-sessions'),
      back,
      within,
    },
    visit,
  )
}

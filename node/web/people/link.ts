import type { Person } from '../../people.ts'
import { Alert } from '../components/alert.ts'
import { Secret } from '../components/secret.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'

/** Time to meet a colleague. */
const minutes = 24 * 60

/** The link, this once, to be handed over personally. */
export async function linkPage(person: Person, { signIn }: Office, visit: MemberVisit): Promise<Page> {
  const { t } = visit
  const { secret, expiresAt } = await signIn.createLink(person.id, { minutes })
  const address = `${signIn.rules.origin ?? visit.origin}/sign-in/${secret}`
  return {
    title: t('people.link-made'),
    within: '/people',
    content: html`
      <h1>${t('people.link-made')}</h1>
      <${Alert} tone="success" title=${person.name}>
        <p>${t('people.link-hand')}</p>
        <${Secret} label=${t('people.link-label')} value=${address} />
        <p>${t('people.link-until')} <${Instant} at=${expiresAt} visit=${visit} /></p>
      <//>
      <p><a href=${`/people/${person.id}`}>${t('people.back')}</a></p>
    `,
  }
}

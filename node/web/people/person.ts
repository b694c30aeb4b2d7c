import type { Person } from '../../people.ts'
import type { Session } from '../../sign-in/sign-in.ts'
import { Act, LinkButton } from '../components/act.ts'
import { Alert } from '../components/alert.ts'
import { Written } from '../components/code.ts'
import { Facts } from '../components/facts.ts'
import { placeOf, SessionTable } from '../components/sessions.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { LastSignedIn, State } from './list.ts'
import { warningsFor } from './warnings.ts'

/** One person: what they may do, and where they are signed in. */
export function personPage(person: Person, { signIn }: Office, visit: MemberVisit): Page {
  const { t, words, formats, url } = visit
  const sessions = signIn.sessions(person.id)
  const ended = url.searchParams.get('ended')
  const endedWhat = ended && (ended === 'one' ? 'people.session-ended' : 'people.sessions-ended')
  const holdsBoth = warningsFor([person]).includes('people.warn-both')
  return {
    title: person.name,
    within: '/people',
    content: html`
      <p class="quiet"><a href="/people">${t('people.title')}</a></p>
      <h1><${Written}>${person.name}<//></h1>
      ${url.searchParams.has('added') && html`<${Alert} tone="success" title=${t('people.added')}><p>${t('people.added-next')}</p><//>`}
      ${url.searchParams.has('roles') && html`<${Alert} tone="success" title=${t('people.roles-changed')}><p>${t('people.roles-at-once')}</p><//>`}
      ${endedWhat && html`<${Alert} tone="success" title=${t(endedWhat)} />`}
      <${Facts}
        facts=${[
          [t('people.roles'), formats.list(person.roles.map(words))],
          [t('people.state'), html`<${State} person=${person} visit=${visit} />`],
          [t('people.last'), html`<${LastSignedIn} at=${signIn.lastSignedIn(person.id)} visit=${visit} />`],
          [
            t('people.password'),
            t(signIn.hasPassword(person.id) ? 'people.password-set' : 'people.password-none'),
          ],
          [t('people.since'), html`<${Instant} at=${person.createdAt} visit=${visit} />`],
        ]}
      />
      ${holdsBoth && html`<p class="quiet">${t('people.four-eyes')}</p>`}
      ${!person.disabled && html`<${Steps} person=${person} hasSessions=${sessions.length > 0} visit=${visit} />`}
      <h2>${t('people.sessions')}</h2>
      ${
        sessions.length === 0
          ? html`<p>${t('people.sessions-none')}</p>`
          : html`<${SessionTable}
              sessions=${sessions}
              visit=${visit}
              act=${(each: Session) =>
                html`<${Act}
                  to=${`/people/${person.id}/sessions/${each.id}/end`}
                  label=${t('account.end')}
                  about=${placeOf(each, visit)}
                  variant="tertiary"
                />`}
            />`
      }
      <p><a href=${`/audit?person=${person.id}`}>${t('people.trail')}</a></p>
    `,
  }
}

function Steps({
  person,
  hasSessions,
  visit: { t },
}: {
  person: Person
  hasSessions: boolean
  visit: MemberVisit
}) {
  const at = `/people/${person.id}`
  return html`
    <div class="actions">
      <${Act} to=${`${at}/link`} label=${t('people.link')} variant="primary" />
      <${LinkButton} to=${`${at}/roles`} label=${t('people.change-roles')} />
      ${hasSessions && html`<${LinkButton} to=${`${at}/end-sessions`} label=${t('people.end-sessions')} />`}
      <${LinkButton} to=${`${at}/disable`} label=${t('people.disable')} variant="tertiary" />
    </div>
    <p class="quiet">${t('people.link-about')}</p>
  `
}

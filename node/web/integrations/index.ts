import { FocalpointError } from '#protocol'
import type { Token } from '../../people.ts'
import { confirmPage } from '../components/confirm.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page, Route } from '../route.ts'
import { has, type MemberVisit } from '../visit.ts'
import { Connecting } from './connecting.ts'
import { Networks } from './networks.ts'
import { newTokenPage, submitToken } from './new-token.ts'
import { Tokens } from './tokens.ts'

const access = ['customs', 'admin'] as const

export function integrationRoutes(office: Office): Route[] {
  return [
    { path: '/integrations', access, show: visit => overview(office, visit) },
    {
      path: '/integrations/tokens/new',
      access,
      show: visit => newTokenPage(office, visit),
      submit: visit => submitToken(office, visit),
    },
    {
      path: '/integrations/tokens/:id/revoke',
      access,
      show: visit => {
        const { t } = visit
        const { hash, label } = tokenFor(office, visit)
        return confirmPage(
          {
            question: t('integrations.revoke-question', { label }),
            children: html`<p>${t('integrations.revoke-what')}</p>`,
            to: `/integrations/tokens/${hash}/revoke`,
            yes: t('integrations.revoke'),
            back: '/integrations',
            within: '/integrations',
          },
          visit,
        )
      },
      submit: async visit => {
        await office.people.revokeToken(tokenFor(office, visit).hash)
        return { to: '/integrations' }
      },
    },
  ]
}

function overview(office: Office, visit: MemberVisit): Page {
  const { t } = visit
  const tokens = office.people.listTokens().filter(each => mayManage(each, visit))
  return {
    title: t('integrations.title'),
    within: '/integrations',
    content: html`
      <h1>${t('integrations.title')}</h1>
      <p class="lead">${t('integrations.lead')}</p>
      <${Tokens} tokens=${tokens} people=${office.people} visit=${visit} />
      <${Connecting} visit=${visit} />
      <${Networks} rules=${office.webhooks} visit=${visit} />
    `,
  }
}

/** One's own; an administrator's are all. */
function mayManage({ person }: Token, visit: MemberVisit): boolean {
  return person === visit.visitor.person.id || has(visit, 'admin')
}

/** The one at this address. Throws `not-found`. */
function tokenFor({ people }: Office, visit: MemberVisit): Token {
  const { id = '' } = visit.params
  const found = people.listTokens().find(each => each.hash === id && mayManage(each, visit))
  if (found) return found
  throw new FocalpointError('not-found', 'You have no such token.', { what: 'token', id })
}

import type { People, Token } from '../../people.ts'
import { LinkButton } from '../components/act.ts'
import { Written } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { Table } from '../components/table.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import type { MemberVisit } from '../visit.ts'

interface Listing {
  tokens: readonly Token[]
  people: People
  visit: MemberVisit
}

/** Which programs may ask, for whom and until when; those in use first. */
export function Tokens({ tokens, people, visit }: Listing) {
  const { t, words, formats } = visit
  const state = (token: Token) => stateOf(token, people, visit.now)
  const ordered = tokens.toSorted(
    (a, b) => Number(state(b) === 'ok') - Number(state(a) === 'ok') || b.createdAt - a.createdAt,
  )
  const rows = ordered.map(token => [
    html`<${Written}>${token.label}<//>`,
    html`<${Written}>${people.find(token.person)?.name ?? token.person}<//>`,
    formats.list(token.roles.map(words)),
    html`<${Instant} at=${token.expiresAt} visit=${visit} />`,
    t(`integrations.state-${state(token)}`),
    state(token) === 'ok' &&
      html`
        <a href=${`/integrations/tokens/${token.hash}/revoke`}>
          ${t('integrations.revoke')}<span class="ds-sr-only"> ${token.label}</span>
        </a>
      `,
  ])
  const head = ['label', 'person', 'roles', 'ends', 'state', 'act'] as const
  return html`
    <h2>${t('integrations.tokens')}</h2>
    <p>${t('integrations.tokens-about')}</p>
    ${
      rows.length === 0
        ? html`<${Empty} why=${t('integrations.tokens-none')}><p>${t('integrations.tokens-none-do')}</p><//>`
        : html`<${Table}
            caption=${t('integrations.tokens')}
            head=${head.map(each => t(`integrations.${each}`))}
            rows=${rows}
          />`
    }
    <div class="actions">
      <${LinkButton} to="/integrations/tokens/new" label=${t('integrations.new')} variant="primary" />
    </div>
  `
}

function stateOf({ revokedAt, expiresAt, person }: Token, people: People, now: number) {
  if (revokedAt !== undefined) return 'revoked'
  if (expiresAt <= now) return 'ended'
  return people.find(person)?.disabled === false ? 'ok' : 'disabled'
}

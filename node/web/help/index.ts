import { noticeStatuses, standings } from '../../desk/desk.ts'
import { peerStatuses } from '../../desk/peer-status.ts'
import { type Role, roles } from '../../people.ts'
import { Written } from '../components/code.ts'
import { Lines } from '../components/lines.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Route } from '../route.ts'
import { has, type Visit } from '../visit.ts'

const parts = ['roles', 'words', 'wrong', 'keyboard', 'ask'] as const

export function helpRoutes(office: Office): Route[] {
  return [
    {
      path: '/help',
      access: 'anyone',
      show: visit => {
        const { t } = visit
        return {
          title: t('help.title'),
          within: '/help',
          content: html`
            <h1>${t('help.title')}</h1>
            <p class="lead">${t('help.lead')}</p>
            <nav aria-label=${t('help.contents')}>
              <ul class="inline-list">
                ${parts.map(part => html`<li><a href=${`#${part}`}>${t(`help.${part}`)}</a></li>`)}
              </ul>
            </nav>
            <h2 id="roles">${t('help.roles')}</h2>
            <${RoleSteps} visit=${visit} />
            <h2 id="words">${t('help.words')}</h2>
            <${Vocabulary} visit=${visit} />
            <h2 id="wrong">${t('help.wrong')}</h2>
            <${Lines} text=${t('help.wrong-steps')} isOrdered />
            <p><a href="/problems">${t('problems.all')}</a></p>
            <h2 id="keyboard">${t('help.keyboard')}</h2>
            <${Lines} text=${t('help.keyboard-steps')} />
            <h2 id="ask">${t('help.ask')}</h2>
            <${WhomToAsk} visit=${visit} office=${office} />
          `,
        }
      },
    },
  ]
}

/** The reader's own first, and open. */
function RoleSteps({ visit }: { visit: Visit }) {
  const { t } = visit
  const own = roles.filter(role => has(visit, role))
  const others = roles.filter(role => !has(visit, role))
  return html`
    <div class="folds">
      ${[...own, ...others].map(
        role => html`
          <details class="ds-details" open=${own.includes(role)}>
            <summary>
              <span>${t(`help.role.${role}`)}${own.includes(role) && html` <span class="quiet">– ${t('help.yours')}</span>`}</span>
            </summary>
            <${Lines} text=${t(`help.steps.${role}`)} isOrdered />
          </details>
        `,
      )}
    </div>
  `
}

function Vocabulary({ visit: { t, words } }: { visit: Visit }) {
  const terms = t('help.terms')
    .split('\n')
    .map(line => line.split(' — ') as [string, string])
  return html`
    <h3>${t('help.words-notices')}</h3>
    <${Terms} terms=${terms} />
    <h3>${t('help.words-status')}</h3>
    <${Terms} terms=${noticeStatuses.map(each => [words(each), t(`help.status.${each}`)])} />
    <h3>${t('help.words-standing')}</h3>
    <${Terms} terms=${standings.map(each => [words(each), t(`help.standing.${each}`)])} />
    <h3>${t('help.words-peers')}</h3>
    <${Terms} terms=${peerStatuses.map(each => [words(`Status/${each}`), t(`help.peer.${each}`)])} />
  `
}

function Terms({ terms }: { terms: readonly (readonly [term: string, meaning: string])[] }) {
  return html`
    <dl class="facts">
      ${terms.map(
        ([term, meaning]) => html`
          <dt>${term}</dt>
          <dd>${meaning}</dd>
        `,
      )}
    </dl>
  `
}

function WhomToAsk({ visit: { t, formats, visitor }, office }: { visit: Visit; office: Office }) {
  const named = (role: Role): Markup => {
    const found = office.people.list().filter(each => !each.disabled && each.roles.includes(role))
    return html`<${Written}>${formats.list(found.map(({ name }) => name))}<//>`
  }
  return html`
    <ul>
      <li>
        ${visitor ? html`${t('help.ask-admins')} ${named('admin')}` : t('help.ask-admin')}
      </li>
      ${visitor && html`<li>${t('help.ask-coordinators')} ${named('coordinator')}</li>`}
      <li>${t('help.ask-issuer')}</li>
      <li>${t('help.ask-operator')}</li>
    </ul>
  `
}

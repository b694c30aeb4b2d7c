import type { SubscriptionView } from '../../subscription.ts'
import { LinkButton } from '../components/act.ts'
import { Code, Written } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import { has, type MemberVisit } from '../visit.ts'
import { isOwn } from './own.ts'
import { stateOf } from './words.ts'

/** One's own; for an administrator those of the others, too. */
export function listPage({ desk, people }: Office, visit: MemberVisit): Page {
  const { t } = visit
  const all = desk.subscriptions.list()
  const own = all.filter(each => isOwn(each, visit))
  const others = has(visit, 'admin') ? all.filter(each => !isOwn(each, visit)) : []
  return {
    title: t('subscriptions.title'),
    within: '/subscriptions',
    content: html`
      <h1>${t('subscriptions.title')}</h1>
      <p class="lead">${t('subscriptions.lead')}</p>
      ${has(visit, 'customs') && html`<${Own} own=${own} most=${desk.subscriptions.mostPerPerson} visit=${visit} />`}
      ${
        has(visit, 'admin') &&
        html`
          <h2>${t('subscriptions.others')}</h2>
          <p>${t('subscriptions.others-about')}</p>
          ${others.length === 0 && html`<${Empty} why=${t('subscriptions.others-none')} />`}
          <ul class="plain-list rows">
            ${others.map(each => {
              const name = people.find(each.person)?.name ?? each.person
              return html`
                <li class="entry">
                  <span>
                    <span class="row-title"><${Written}>${each.label}<//></span>
                    ${' '}<span class="quiet">${t('subscriptions.of', { name })}</span>
                    <br /><${Target} subscription=${each} isBare visit=${visit} />
                  </span>
                  <a href=${`/subscriptions/${each.id}/remove`}>${t('subscriptions.remove')}</a>
                </li>
              `
            })}
          </ul>
        `
      }
    `,
  }
}

function Own({ own, most, visit }: { own: readonly SubscriptionView[]; most: number; visit: MemberVisit }) {
  const { t } = visit
  return html`
    ${own.length === 0 && html`<${Empty} why=${t('subscriptions.none')}><p>${t('subscriptions.none-do')}</p><//>`}
    <ul class="plain-list rows">
      ${own.map(
        each => html`
          <li>
            <a class="row-title" href=${`/subscriptions/${each.id}`}><${Written}>${each.label}<//></a>
            <br />${stateOf(each, visit)}
            ${each.deadLetters > 0 && html` ${t('subscriptions.dead', { count: each.deadLetters })}`}
            <br /><span class="quiet"><${Target} subscription=${each} visit=${visit} /></span>
          </li>
        `,
      )}
    </ul>
    ${own.length > 0 && html`<p class="quiet">${t('subscriptions.room', { count: own.length, most })}</p>`}
    <div class="actions">
      <${LinkButton} to="/subscriptions/new" label=${t('subscriptions.new')} variant="primary" />
    </div>
  `
}

/** Bare: without the path, which may hold a secret of its receiver. */
export function Target({
  subscription: { target },
  isBare = false,
  visit: { t },
}: {
  subscription: SubscriptionView
  isBare?: boolean
  visit: MemberVisit
}) {
  if (target.kind === 'feed') return t('subscriptions.feed')
  const address = isBare ? (URL.parse(target.url)?.origin ?? '') : target.url
  return html`${t('subscriptions.webhook-to')} <${Code}>${address}<//>`
}

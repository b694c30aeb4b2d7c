import type { DeliveryView, SubscriptionView } from '../../subscription.ts'
import { Act, LinkButton } from '../components/act.ts'
import { Alert } from '../components/alert.ts'
import { Written } from '../components/code.ts'
import { Facts } from '../components/facts.ts'
import { TextField } from '../components/field.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit, Visit } from '../visit.ts'
import { Deliveries, outcomeOf } from './deliveries.ts'
import { Target } from './list.ts'
import { ownSubscription } from './own.ts'
import { filterFacts, isEverything, stateOf } from './words.ts'

export async function onePage(office: Office, visit: MemberVisit): Promise<Page> {
  const { desk } = office
  const { t, url } = visit
  const held = ownSubscription(desk, visit)
  const told = await deliveriesOf(office, held, visit)
  const tested = await desk.subscriptions.delivery(held.id, url.searchParams.get('tested') ?? '')
  const also = [held.remarks && t('subscriptions.remarks'), held.matches && t('subscriptions.matches')]
  return {
    title: held.label,
    within: '/subscriptions',
    isLive: true,
    content: html`
      <p class="quiet"><a href="/subscriptions">${t('subscriptions.title')}</a></p>
      <h1><${Written}>${held.label}<//></h1>
      ${
        tested &&
        html`
          <${Alert}
            tone=${tested.state === 'delivered' ? 'success' : 'warning'}
            title=${t(tested.state === 'delivered' ? 'subscriptions.test-taken' : 'subscriptions.test-failed')}
          >
            <p>${tested.tried.map(each => outcomeOf(each, visit))}</p>
          <//>
        `
      }
      ${
        url.searchParams.has('replayed') &&
        html`<${Alert} tone="success" title=${t('subscriptions.replayed')}><p>${t('subscriptions.replayed-about')}</p><//>`
      }
      <${State} held=${held} told=${told} visit=${visit} />
      <${Facts}
        facts=${[
          [t('subscriptions.where'), html`<${Target} subscription=${held} visit=${visit} />`],
          ...(isEverything(held.filter)
            ? [[t('subscriptions.what'), t('subscriptions.everything')]]
            : filterFacts(held.filter, visit, desk.types)),
          [t('subscriptions.also'), visit.formats.list(also.filter(each => each !== false))],
        ]}
      />
      <${Steps} held=${held} visit=${visit} />
      <${Deliveries} held=${held} visit=${visit} page=${told.slice(0, perPage)} hasMore=${told.length > perPage} />
      ${held.target.kind === 'webhook' && html`<${Replay} held=${held} visit=${visit} />`}
    `,
  }
}

const perPage = 20

function deliveriesOf({ desk }: Office, { id }: SubscriptionView, { url }: Visit) {
  const before = Number(url.searchParams.get('before') ?? 'none')
  return desk.subscriptions.deliveries(id, {
    limit: perPage + 1,
    ...(Number.isSafeInteger(before) && before > 0 && { before }),
  })
}

function State({
  held,
  told,
  visit,
}: {
  held: SubscriptionView
  told: readonly DeliveryView[]
  visit: Visit
}) {
  const { t } = visit
  const failing = told.find(each => each.state === 'waiting' && each.failing)?.failing
  const dead = held.deadLetters > 0 && html`<p>${t('subscriptions.dead', { count: held.deadLetters })}</p>`
  if (held.paused === undefined && failing !== undefined) {
    return html`
      <${Alert} tone="warning" title=${t('subscriptions.failing')}>
        <p>
          ${t('subscriptions.failing-since')} <${Instant} at=${failing.since} visit=${visit} />.
          ${' '}${t('subscriptions.waiting-while', { count: held.waiting })}
        </p>
      <//>
      ${dead}
    `
  }
  if (held.paused === undefined) return html`<p class="lead">${stateOf(held, visit)}</p>${dead}`
  return html`
    <${Alert} tone="warning" title=${t('subscriptions.state-paused')}>
      <p>
        ${t(`subscriptions.pause.${held.paused.code}`)} <span class="quiet"><${Instant} at=${held.paused.at} visit=${visit} /></span>
      </p>
      <p>${t('subscriptions.waiting-while', { count: held.waiting })}</p>
      ${dead}
    <//>
  `
}

function Steps({ held, visit: { t } }: { held: SubscriptionView; visit: Visit }) {
  const { id, paused, target, deadLetters } = held
  const at = `/subscriptions/${id}`
  const isWebhook = target.kind === 'webhook'
  return html`
    <div class="actions">
      ${isWebhook && html`<${Act} to=${`${at}/test`} label=${t('subscriptions.test')} variant="primary" />`}
      ${
        paused === undefined
          ? html`<${Act} to=${`${at}/pause`} label=${t('subscriptions.pause')} />`
          : html`<${Act} to=${`${at}/resume`} label=${t('subscriptions.resume')} />`
      }
      ${
        paused !== undefined &&
        deadLetters > 0 &&
        html`<${Act} to=${`${at}/resume`} fields=${{ skip: 'yes' }} label=${t('subscriptions.resume-skip')} />`
      }
      <${LinkButton} to=${`${at}/change`} label=${t('subscriptions.change')} />
      <${LinkButton} to=${`${at}/rotate`} label=${t(isWebhook ? 'subscriptions.rotate' : 'subscriptions.rotate-feed')} />
      <${LinkButton} to=${`${at}/remove`} label=${t('subscriptions.remove')} variant="tertiary" />
    </div>
  `
}

function Replay({ held: { id, deadLetters }, visit: { t, now } }: { held: SubscriptionView; visit: Visit }) {
  const to = `/subscriptions/${id}/replay`
  const today = new Date(now * 1000).toISOString().slice(0, 10)
  return html`
    <h2>${t('subscriptions.replay')}</h2>
    <p>${t('subscriptions.replay-about')}</p>
    <form method="post" action=${to} class="row-form">
      <${TextField} name="since" type="date" label=${t('subscriptions.replay-since')} value=${today} input=${{ required: true, max: today }} />
      <button class="ds-button" type="submit" data-variant="secondary">${t('subscriptions.again')}</button>
    </form>
    ${
      deadLetters > 0 &&
      html`<${Act} to=${to} fields=${{ what: 'dead' }} label=${t('subscriptions.replay-dead')} />`
    }
  `
}

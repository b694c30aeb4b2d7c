import { problems } from '../../desk/problem.ts'
import type { Attempt, DeliveryView, SubscriptionView } from '../../subscription.ts'
import { Act } from '../components/act.ts'
import { Code, Written } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { Table } from '../components/table.ts'
import { Tag, type Tone } from '../components/tag.ts'
import { Instant, When } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'

const tones: Record<DeliveryView['state'], Tone> = {
  waiting: 'info',
  delivered: 'success',
  dead: 'danger',
  listed: 'neutral',
  failed: 'warning',
}

/** What was told, newest first, each with its attempts and their answers. */
export function Deliveries({
  held,
  page,
  hasMore,
  visit,
}: {
  held: SubscriptionView
  page: readonly DeliveryView[]
  hasMore: boolean
  visit: Visit
}) {
  const { t } = visit
  const last = page.at(-1)
  return html`
    <h2>${t('subscriptions.deliveries')}</h2>
    ${
      page.length === 0 &&
      html`
        <${Empty} why=${t('subscriptions.deliveries-none')}>
          ${held.target.kind === 'webhook' && html`<p>${t('subscriptions.deliveries-none-do')}</p>`}
        <//>
      `
    }
    <ol class="plain-list rows" id="deliveries" data-live>
      ${page.map(each => html`<${Told} held=${held} delivery=${each} visit=${visit} />`)}
    </ol>
    ${
      last !== undefined &&
      hasMore &&
      html`<p><a href=${`/subscriptions/${held.id}?before=${last.turn}`}>${t('subscriptions.older')}</a></p>`
    }
  `
}

function Told({ held, delivery, visit }: { held: SubscriptionView; delivery: DeliveryView; visit: Visit }) {
  const { t } = visit
  const { kind, subject, state, at, tried, nextAt, id } = delivery
  const isWebhook = held.target.kind === 'webhook'
  return html`
    <li>
      <${Tag} tone=${tones[state]}>${t(`subscriptions.delivery.${state}`)}<//>
      ${' '}<span class="row-title">${addressOf(delivery, t(`subscriptions.kind.${kind}`))}</span>
      ${' '}<span class="quiet"><${When} at=${at} visit=${visit} /></span>
      ${nextAt !== undefined && state === 'waiting' && html`<br />${t('subscriptions.next-at')}: <${Instant} at=${nextAt} visit=${visit} />`}
      ${
        isWebhook &&
        html`
          <details class="ds-details">
            <summary>${t('subscriptions.attempts', { count: tried.length })}</summary>
            <div>
              ${tried.length > 0 && html`<${Attempts} tried=${tried} visit=${visit} />`}
              ${
                kind !== 'test' &&
                html`<${Act}
                  to=${`/subscriptions/${held.id}/replay`}
                  fields=${{ delivery: id }}
                  label=${t('subscriptions.again')}
                  about=${subject}
                />`
              }
            </div>
          </details>
        `
      }
    </li>
  `
}

/** A notice has a page of its own. */
function addressOf({ kind, subject }: DeliveryView, words: string): Markup {
  if (kind === 'test') return words
  const to =
    kind === 'matched'
      ? `/screen/kept/${encodeURIComponent(subject)}`
      : `/notices/${encodeURIComponent(subject)}`
  return html`<a href=${to}>${words}</a>`
}

function Attempts({ tried, visit }: { tried: readonly Attempt[]; visit: Visit }) {
  const { t, formats } = visit
  const rows = tried.map(each => [
    html`<${Instant} at=${each.at} visit=${visit} />`,
    outcomeOf(each, visit),
    each.status === undefined ? '' : html`<${Code}>${each.status}<//>`,
    t('subscriptions.ms', { count: formats.number(each.tookMs) }),
    html`<${Written}>${each.answer}<//>`,
  ])
  const head = ['at', 'outcome', 'status', 'took', 'answer'] as const
  return html`
    <${Table}
      caption=${t('subscriptions.attempts', { count: tried.length })}
      head=${head.map(each => t(`subscriptions.attempt-${each}`))}
      rows=${rows}
    />
  `
}

const outcomes = ['delivered', 'refused', 'redirected', 'timed-out', 'unreachable', 'untrusted'] as const

/** In words; codes of addresses to which nothing is sent have theirs among the problems. */
export function outcomeOf({ outcome }: Attempt, { t, words }: Visit): string {
  const known = outcomes.find(each => each === outcome)
  if (known !== undefined) return t(`subscriptions.outcome.${known}`)
  return isProblem(outcome) ? words(problems[outcome].title) : outcome
}

function isProblem(code: string): code is keyof typeof problems {
  return Object.hasOwn(problems, code)
}

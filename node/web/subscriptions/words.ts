import { findGoods, type NoticeType } from '#protocol'
import type { Filter, SubscriptionView } from '../../subscription.ts'
import type { Fact } from '../components/facts.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'

/** How it goes, in one sentence. */
export function stateOf(
  { paused, waiting, target, failingSince }: SubscriptionView,
  { t, formats }: Visit,
): string {
  if (paused !== undefined)
    return `${t('subscriptions.state-paused')}. ${t(`subscriptions.pause.${paused.code}`)}`
  if (target.kind === 'feed') return t('subscriptions.state-feed')
  if (failingSince !== undefined)
    return t('subscriptions.state-failing', { since: formats.instant(failingSince), count: waiting })
  return waiting === 0
    ? t('subscriptions.state-delivering')
    : t('subscriptions.state-waiting', { count: waiting })
}

/** What is told, label by label; nothing for a filter that takes everything. */
export function filterFacts(filter: Filter, visit: Visit, types: readonly NoticeType[]): Fact[] {
  const { t, words, formats } = visit
  const list = (texts: readonly string[] | undefined): Markup =>
    texts && html`<bdi dir="auto">${formats.list(texts)}</bdi>`
  return [
    [t('subscriptions.types'), list(filter.types?.map(name => words(labelOf(name, types))))],
    [t('subscriptions.categories'), list(filter.categories?.map(words))],
    [t('subscriptions.goods'), list(filter.goods?.map(id => words(findGoods(id)?.label ?? id)))],
    [t('subscriptions.hs'), list(filter.hs)],
    [t('subscriptions.countries'), list(filter.countries?.map(code => countryWithCode(code, visit)))],
    [t('subscriptions.parties'), list(filter.parties)],
    [t('subscriptions.urgency'), filter.urgency && words(filter.urgency)],
    [t('subscriptions.text'), list(filter.text)],
  ]
}

export function isEverything(filter: Filter): boolean {
  return Object.values(filter).every(each => each === undefined)
}

function labelOf(name: string, types: readonly NoticeType[]): string {
  return types.find(type => type.name === name)?.label ?? name
}

function countryWithCode(code: string, { formats }: Visit): string {
  const name = formats.country(code)
  return name === code ? code : `${name} (${code})`
}

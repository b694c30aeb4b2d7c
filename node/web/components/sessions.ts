import type { Session } from '../../sign-in/sign-in.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import { Table } from './table.ts'
import { browserOf } from './user-agent.ts'
import { Instant, When } from './when.ts'

/** Where a person is signed in. */
export function SessionTable({
  sessions,
  visit,
  act,
}: {
  sessions: readonly Session[]
  visit: Visit
  /** What can be done with each. */
  act?: (session: Session) => Markup
}) {
  const { t } = visit
  const rows = sessions.map(each => [
    placeOf(each, visit),
    html`<${When} at=${each.lastSeenAt} visit=${visit} />`,
    html`<${Instant} at=${each.createdAt} visit=${visit} />`,
    t(`account.by-${each.openedBy}`),
    ...(act ? [act(each)] : []),
  ])
  const head = [
    t('account.where'),
    t('account.seen'),
    t('account.begun'),
    t('account.how'),
    ...(act ? [t('account.act')] : []),
  ]
  return html`<${Table} caption=${t('account.sessions')} head=${head} rows=${rows} />`
}

/** "Firefox on Windows". */
export function placeOf({ userAgent }: Session, { t }: Visit): string {
  const { browser, system } = browserOf(userAgent)
  if (browser === undefined && system === undefined) return t('account.unknown-browser')
  if (browser === undefined || system === undefined) return browser ?? system ?? ''
  return t('account.browser', { browser, system })
}

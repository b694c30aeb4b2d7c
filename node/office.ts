import { findMember } from '#protocol'
import { type Audit, openAudit } from './audit.ts'
import { auditedDesk, auditedPeople } from './audited.ts'
import type { Config } from './config.ts'
import type { Core } from './core.ts'
import type { Desk } from './desk/desk.ts'
import { type OpenedNotices, openOpened } from './opened.ts'
import { openPeople, type People } from './people.ts'
import { peopleRowsOf } from './people-rows.ts'
import { openRepeats, type Repeats } from './repeats.ts'
import { openSignIn } from './sign-in/open.ts'
import type { PageRules, SignIn, SignInRows } from './sign-in/sign-in.ts'

/** The persons of this node, how they come in, and the trail of what they do. */
export interface Office {
  people: People
  signIn: SignIn
  audit: Audit
  opened: OpenedNotices
  repeats: Repeats
  /** The same desk, with a trail of what is done at it. */
  withTrail: (desk: Desk) => Desk
  /** Takes away sessions, links, acts and repeated requests whose time is over. */
  forget: () => Promise<void>
}

export interface OfficeOptions
  extends Pick<Core, 'member' | 'channels' | 'registry' | 'store' | 'now' | 'log'> {
  config: Pick<Config, 'pages' | 'api'>
  onError: (error: unknown) => void
}

/** OWASP Session Management Cheat Sheet: an absolute end besides the idle one; a working day. */
const sessionSeconds = 12 * 3600

export async function openOffice({
  store,
  now,
  log,
  config,
  onError,
  ...of
}: OfficeOptions): Promise<Office> {
  const audit = openAudit({
    rows: store.audit,
    now,
    onError: error => log.error({ error: String(error) }, 'an act was not noted in the audit trail'),
  })
  const persons = openPeople(await peopleRowsOf(store), { now })
  const rules = pageRulesOf(config)
  const signIn = openSignIn({
    rows: store.signIn,
    people: persons,
    rules,
    ownWords: () => ownWordsOf({ ...of, origin: rules.origin }),
    now,
    note: audit.note,
    onError,
  })
  await learnSignIns(store.signIn, audit)
  const opened = await openOpened({
    rows: store.opened,
    feed: {
      after: (cursor, limit) => store.feed.feedAfter(cursor, limit),
      last: () => store.feed.lastCursor(),
    },
    ownIds: reached => ownIdsIn({ store, ...of }, reached),
    now,
  })
  const repeats = openRepeats({ store, now })
  return {
    people: auditedPeople(persons, audit, signIn),
    signIn,
    audit,
    opened,
    repeats,
    withTrail: desk => auditedDesk(desk, audit),
    async forget() {
      const all = await Promise.allSettled([repeats.forget(), signIn.forget(), audit.forget()])
      const failed = all.find(each => each.status === 'rejected')
      if (failed !== undefined) throw failed.reason
    },
  }
}

/** Once, from the trail, where a store is older than what is kept of it. */
async function learnSignIns(rows: SignInRows, audit: Audit): Promise<void> {
  if (rows.knowsSignIns()) return
  const found = await audit.list({ act: 'signed-in', limit: Number.POSITIVE_INFINITY })
  const oldestFirst = found.toReversed().map(({ person = '', at }) => [person, at] as const)
  if (found.length > 0) await rows.putSignIns(new Map(oldestFirst))
}

function ownIdsIn(
  { store, member, channels }: Pick<Core, 'store' | 'member' | 'channels'>,
  reached: Readonly<Record<string, number>>,
): Record<string, string[]> {
  return Object.fromEntries(
    channels().map(channel => {
      const from = (reached[channel] ?? 0) + 1
      return [
        channel,
        store.notices.logIds(channel, member, from, store.notices.head(channel, member)?.seq ?? 0),
      ]
    }),
  )
}

/** Cookies go over TLS alone unless the pages are reached from this machine without a proxy. */
export function pageRulesOf({ pages, api }: Pick<Config, 'pages' | 'api'>): PageRules {
  const origin = pages.origin === '' ? undefined : pages.origin
  const isLocal = origin === undefined && isLoopback(api.host)
  return {
    idleSeconds: pages.idleMinutes * 60,
    sessionSeconds,
    secureCookies:
      pages.secureCookies === 'auto'
        ? !isLocal && !origin?.startsWith('http:')
        : pages.secureCookies === 'always',
    origin,
  }
}

/** Names of this service and of its member in every language: whoever guesses passwords knows them. */
function ownWordsOf({
  member,
  registry,
  origin,
}: Pick<Core, 'member' | 'registry'> & Pick<PageRules, 'origin'>): string[] {
  const names = Object.values(findMember(registry(), member)?.names ?? {})
  return [
    'focalpoint',
    'focal point',
    member,
    ...names,
    ...(origin === undefined ? [] : [new URL(origin).hostname]),
  ]
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

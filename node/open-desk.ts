import { FocalpointError, findMember, type NoticeType, noticeText, type Registry } from '#protocol'
import type { KeptNotice } from './admission.ts'
import { fold } from './content.ts'
import type { CustomsDesk } from './desk/customs.ts'
import type { Desk, Health, NetworkView, NoticeQuery, NoticeStatus, NoticeView } from './desk/desk.ts'
import { openFigures } from './desk/figures/count.ts'
import { mayHavePart } from './desk/parts.ts'
import type { Drafts } from './drafts.ts'
import { openExportDesk } from './export-desk.ts'
import { outcomesIn } from './outcomes.ts'
import type { Release } from './release.ts'
import type { Repeats } from './repeats.ts'
import type { Store } from './store/index.ts'
import { unfinishedOf } from './unfinished.ts'
import type { Viewer } from './view.ts'
import { voidNotices } from './void-notices.ts'

export interface DeskOptions {
  member: string
  store: Store
  types: readonly NoticeType[]
  registry: () => Registry
  adopt: Desk['adopt']
  drafts: Drafts
  release: Release
  sendings: Desk['sendings']
  now: () => number
  repeats: Repeats
  viewer: Viewer
  subscriptions: Desk['subscriptions']
  network: () => NetworkView
  networkHistory: Desk['networkHistory']
  health: () => Health
  backup: Desk['backup']
  customs: CustomsDesk
  opened: Desk['opened']
}

export function openDesk(options: DeskOptions): Desk {
  const { member, store, types, registry, drafts, release, viewer } = options
  const getNotice = (id: string): KeptNotice => {
    const kept = store.notices.find(id)
    if (kept === undefined)
      throw new FocalpointError('not-found', 'This node holds no such notice.', { what: 'notice', id })
    return kept
  }
  const notices: Desk['notices'] = {
    list: (query, may) => listNotices(options, query, may),
    find: async (id, may) => {
      const kept = store.notices.find(id)
      return kept && viewer.view(kept, may)
    },
    text: (id, may) => {
      const kept = store.notices.find(id)
      if (kept === undefined) return undefined
      const parts = kept.parts.filter(({ name }) => mayHavePart(name, may))
      return noticeText({ envelope: kept.envelope, parts })
    },
  }
  const feed: Desk['feed'] = {
    after: (cursor, limit) => store.feed.feedAfter(cursor, limit),
    last: () => store.feed.lastCursor(),
    changed: (after, signal) => store.feed.changed(after, signal),
  }
  return {
    member,
    names: findMember(registry(), member)?.names ?? {},
    types,
    drafts: {
      create: (value, person, once) => drafts.create(value, person, once),
      replace: (id, value, person, version) => drafts.replace(id, value, person, version),
      check: value => void drafts.check(value),
      remove: (id, _person, version) => drafts.remove(id, version),
      find: id => drafts.find(id),
      list: () => drafts.list(),
      releasedAs: id => drafts.releasedAs(id),
      sendBack: (id, reason, person, version) => release.sendBack(id, reason, person, version),
      ...outcomesIn(store),
    },
    unfinished: unfinishedOf(options),
    sendings: options.sendings,
    release: async (draftId, person, once) =>
      viewer.view(await release.release(draftId, person, once), { nominal: true }),
    answer: async (id, type, value, person, once) => drafts.answer(getNotice(id), type, value, person, once),
    repeats: options.repeats,
    notices,
    feed,
    subscriptions: options.subscriptions,
    exports: openExportDesk(store),
    opened: options.opened,
    figures: openFigures({ notices, feed, types }),
    network: options.network,
    networkHistory: options.networkHistory,
    registry,
    adopt: options.adopt,
    health: options.health,
    backup: options.backup,
    ...options.customs,
  }
}

/** Status and standing are derived, so they cannot be looked up: of those that may have them pages are read until enough do. */
async function listNotices(
  options: DeskOptions,
  query: NoticeQuery,
  may: { nominal: boolean },
): Promise<NoticeView[]> {
  const { store, viewer } = options
  const { status, standing, q, since, before, limit, ...filters } = query
  const isWanted = (view: NoticeView) =>
    (status === undefined || view.status === status) && (standing === undefined || view.standing === standing)
  if (standing === 'void') {
    const views = await Promise.all(voidNotices(options, query).map(kept => viewer.view(kept, may)))
    return views.filter(isWanted).slice(0, limit)
  }
  const found: NoticeView[] = []
  const among = status && mayHave[status]?.(options)
  let from = before
  while (found.length < limit) {
    const page = await store.search.list({
      ...filters,
      ...(q !== undefined && { q: fold(q) }),
      ...(since !== undefined && { since: Math.floor(Date.parse(since) / 1000) }),
      ...(from !== undefined && { before: from }),
      among,
      limit,
    })
    for (const kept of page) {
      const view = await viewer.view(kept, may)
      if (isWanted(view)) found.push(view)
    }
    from = page.at(-1)?.cursor
    if (page.length < limit) break
  }
  return found.slice(0, limit)
}

/** Ids of all notices that may have a status which few have, and of others: each is looked at. */
const mayHave: {
  [status in NoticeStatus]?: (of: Pick<DeskOptions, 'store' | 'types'>) => readonly string[]
} = {
  withdrawn: of => answered('withdrawn', of),
  corrected: of => answered('corrected', of),
  erased: ({ store }) => store.erasure.erasedIds('body'),
  'being sent': ({ store }) => store.outbox.waiting().map(({ id }) => id),
}

function answered(
  status: NoticeStatus,
  { store, types }: Pick<DeskOptions, 'store' | 'types'>,
): readonly string[] {
  const rels = types.flatMap(({ answers }) => (answers?.status === status ? [answers.rel] : []))
  return store.notices.answeredBy(rels)
}

import { EventEmitter, once } from 'node:events'
import {
  type Draft,
  FocalpointError,
  type NoticeType,
  noticeTypes,
  parseDraft,
  type Registry,
  sha256,
} from '#protocol'
import type { FeedEntry } from '../../../node/admission.ts'
import { noticeExample } from '../../../node/api/examples.ts'
import type { Desk, NetworkView, NoticeQuery, NoticeView, StoredDraft } from '../../../node/desk/desk.ts'
import { openFigures } from '../../../node/desk/figures/count.ts'
import { type StandInScreener, standInScreener } from '../stand-in-screener.ts'
import { memoryCustoms } from './memory-customs.ts'
import { memoryDrafting } from './memory-drafting.ts'
import { type MemorySubscriptions, memorySubscriptions } from './memory-subscriptions.ts'

const start = 1_790_000_000

/** A desk in memory, and the strings to pull it by. */
export interface MemoryDesk extends Desk {
  screener: StandInScreener
  subscriptions: MemorySubscriptions
  /** Puts a notice of this draft into the list and the feed. */
  admit(draft: Draft, as?: Partial<NoticeView>): NoticeView
  /** What the drafts were made from, as it came over the wire. */
  received: unknown[]
  ready: boolean
  /** What `network` throws instead of answering. */
  fault?: Error
}

export function memoryDesk({ types = noticeTypes }: { types?: readonly NoticeType[] } = {}): MemoryDesk {
  const drafts = new Map<string, StoredDraft>()
  const notices: NoticeView[] = []
  const entries: FeedEntry[] = []
  const made = new Map<string, { digest: string; id: string }>()
  const arrivals = new EventEmitter().setMaxListeners(0)

  const admit = (draft: Draft, as: Partial<NoticeView> = {}): NoticeView => {
    const cursor = entries.length + 1
    const id = sha256(`notice ${cursor}`)
    const view = { ...noticeExample(draft, types), exercise: false, id, seq: cursor, cursor, ...as }
    notices.unshift(view)
    entries.push({ cursor, kind: 'notice', id, at: start + cursor })
    arrivals.emit('entry')
    return view
  }

  const create = async (value: unknown, author: string): Promise<StoredDraft> => {
    desk.received.push(value)
    const draft = parseDraft(value, { types })
    const id = `draft-${drafts.size + 1}`
    const stored = { id, draft, author, editors: [author], createdAt: start, updatedAt: start, version: 1 }
    drafts.set(id, stored)
    return stored
  }

  const screener = standInScreener()

  const getDraft = (id: string, version?: number): StoredDraft => {
    const stored = drafts.get(id)
    if (stored === undefined) {
      throw new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id })
    }
    if (version === undefined || version === stored.version) return stored
    throw new FocalpointError('draft-changed', 'It has changed.', { draft: id })
  }

  const desk: MemoryDesk = {
    admit,
    received: [],
    ready: true,
    member: 'QM',
    names: { en: 'Quillmark' },
    types,
    drafts: {
      create: (value, person) => create(value, person.id),
      replace: async (id, value, _person, { version }) => {
        const held = getDraft(id, version)
        desk.received.push(value)
        const { returned: _, ...sent } = held
        const stored = { ...sent, draft: parseDraft(value, { types }), version: held.version + 1 }
        drafts.set(id, stored)
        return stored
      },
      check: value => void parseDraft(value, { types }),
      remove: async (id, _person, { version } = {}) => {
        drafts.delete(getDraft(id, version).id)
      },
      find: id => drafts.get(id),
      list: async () => [...drafts.values()],
      releasedAs: () => undefined,
      sendBack: async (id, reason, { id: by }, { version }) => {
        const held = getDraft(id, version)
        if (held.returned) throw new FocalpointError('draft-returned', 'It was sent back.', { draft: id })
        const stored = { ...held, returned: { by, at: start, reason } }
        drafts.set(id, stored)
        return stored
      },
      unseenReleases: () => [],
      see: async () => {},
    },
    ...memoryDrafting(),
    release: async (id, person) => {
      const { draft, author, returned } = getDraft(id)
      if (returned) throw new FocalpointError('draft-returned', 'It was sent back.', { draft: id })
      if (author === person.id)
        throw new FocalpointError('four-eyes', 'Another person must.', { person: author })
      drafts.delete(id)
      return admit(draft)
    },
    repeats: {
      find: ({ person, key, digest }) => {
        const before = made.get(`${person} ${key}`)
        if (before === undefined || before.digest === digest) return before?.id
        throw new FocalpointError('idempotency-key-reused', 'It was used for something else.', { key })
      },
      make: async (_once, make) => make(),
      keep: async ({ person, key, digest }, id) => {
        made.set(`${person} ${key}`, { digest, id })
      },
    },
    answer: async (noticeId, type, value, person) => {
      if (!notices.some(({ id }) => id === noticeId)) {
        throw new FocalpointError('not-found', 'No such notice.', { what: 'notice', id: noticeId })
      }
      const { rel, field = 'target' } = types.find(({ name }) => name === type)?.answers ?? {}
      const given = value as { body: object }
      const body = { ...given.body, [field]: noticeId }
      return create({ ...given, type, body, refs: [{ id: noticeId, rel }] }, person.id)
    },
    notices: {
      list: async (query, may) =>
        notices
          .filter(view => fits(view, query))
          .slice(0, query.limit)
          .map(shown(may)),
      find: async (id, may) => notices.filter(view => view.id === id).map(shown(may))[0],
      text: (id, { nominal }) =>
        notices.some(view => view.id === id) ? `e30.e30.${id}~body~${nominal ? 'nominal~' : ''}` : undefined,
    },
    feed: {
      after: (cursor, limit) => entries.filter(entry => entry.cursor > cursor).slice(0, limit),
      last: () => entries.length,
      changed: async (after, signal) => {
        if (entries.length <= after) await once(arrivals, 'entry', { signal })
      },
    },
    exports: {
      begun: () => {},
      heads: () => ({ torture: { QM: [entries.length, entries.at(-1)?.id ?? ''] } }),
      ids: ({ seq }, limit) => entries.slice(seq - 1, seq - 1 + limit).map(({ id }) => id),
      evidence: () => [],
    },
    opened: { mark: async () => false, by: () => undefined, unopened: () => ({ total: 0, notices: [] }) },
    subscriptions: memorySubscriptions(),
    figures: () => figures(),
    network: () => {
      if (desk.fault) throw desk.fault
      return network
    },
    networkHistory: () => [],
    adopt: async documents => [...documents],
    registry: () => registry,
    health: () => ({ ready: desk.ready, checks: [{ name: 'store', ok: desk.ready, detail: 'open' }] }),
    screener,
    ...memoryCustoms(screener),
    async *backup() {
      yield '["draft!1","{}"]\n'
      yield '{"rows":1}\n'
    },
  }
  const figures = openFigures(desk)
  return desk
}

const registry = {
  net: 'a'.repeat(52),
  root: { version: 1, expires: '2031-01-01' },
  members: {
    version: 3,
    issued: '2026-01-01',
    expires: '2030-01-01',
    channels: { torture: { optIn: false } },
    members: [{ id: 'QM', names: { en: 'Quillmark' }, nodes: [], signing: [], recovery: [] }],
  },
} as unknown as Registry

const network: NetworkView = {
  member: 'QM',
  participants: [
    {
      member: 'QN',
      names: { en: 'Quenland' },
      status: 'up to date',
      connected: true,
      behindBy: 0,
      keys: [{ kid: sha256('key of QN'), state: 'in force', from: { torture: 1 } }],
    },
  ],
  signing: { state: 'ready' },
  channels: [{ channel: 'torture', state: 'ready', heardFrom: 1, others: 1 }],
  registry: {
    root: 1,
    members: 1,
    expires: '2030-01-01T00:00:00.000Z',
    daysLeft: 1000,
    expired: false,
    issuingStopsAt: '2030-01-31T00:00:00.000Z',
    hash: sha256('members 1'),
  },
  alarms: [
    { code: 'backup-old', at: '2026-11-20T08:00:00.000Z', detail: 'The last backup is nine days old.' },
  ],
  holdings: [
    {
      channel: 'torture',
      issuer: 'QM',
      head: 3,
      heldBy: { count: 1, of: 2 },
      heldBySeq: { QM: 3, QN: 2 },
    },
  ],
}

function shown({ nominal }: { nominal: boolean }) {
  return ({ nominal: names, ...view }: NoticeView): NoticeView =>
    nominal && names ? { ...view, nominal: names } : view
}

function fits(view: NoticeView, { type, issuer, status, standing, before }: NoticeQuery): boolean {
  return (
    (standing === undefined ? view.standing !== 'void' : view.standing === standing) &&
    (type === undefined || view.type === type) &&
    (issuer === undefined || view.issuer === issuer) &&
    (status === undefined || view.status === status) &&
    (before === undefined || view.cursor < before)
  )
}

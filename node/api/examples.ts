import { type Draft, goodsList, type NoticeType, noticeTypes, sha256 } from '#protocol'
import type { NetworkView, NoticeView } from '../desk/desk.ts'

/** A notice as it would be read, made of one of the examples of its type. */
export function noticeExample(draft: Draft, types: readonly NoticeType[] = noticeTypes): NoticeView {
  const type = types.find(({ name }) => name === draft.type)
  return {
    id: sha256(`an example of ${draft.type}`),
    issuer: 'QM',
    channel: 'torture',
    seq: 1,
    type: draft.type,
    label: type?.label ?? draft.type,
    summary: type?.summary(draft.body) ?? '',
    issuedAt: '2026-11-22T10:00:00.000Z',
    receivedAt: '2026-11-22T10:00:01.000Z',
    status: 'sent',
    standing: 'verified',
    exercise: draft.exercise ?? false,
    flags: [],
    body: draft.body,
    ...(draft.nominal && { nominal: draft.nominal }),
    parts: Object.entries(draft.parts).map(([name, { to, until }]) => ({
      name,
      to,
      ...(until !== undefined && { until }),
      held: true,
      erased: false,
    })),
    refs: draft.refs ?? [],
    referredToBy: [],
    heldBy: { count: 1, of: 2, missing: ['QN'] },
    cursor: 1,
  }
}

const draft = exampleOf(({ nominal }) => nominal)

export const examples = {
  draft: {
    id: '5f0c3f0e-6d0a-4c8e-9b61-0f6a3d1c2b7a',
    draft,
    author: '0b1e7a52-9b3c-4d55-8f1d-2c7e6a9d4e10',
    createdAt: '2026-11-22T09:30:00.000Z',
    updatedAt: '2026-11-22T09:30:00.000Z',
    version: 1,
  },
  notice: noticeExample(draft),
  sighting: { ...noticeExample(exampleOf(({ tradeFlow }) => tradeFlow !== undefined)), exercise: false },
  event: {
    cursor: 1,
    kind: 'notice',
    id: noticeExample(draft).id,
    at: '2026-11-22T10:00:01.000Z',
    notice: noticeExample(draft),
  },
  person: {
    id: '0b1e7a52-9b3c-4d55-8f1d-2c7e6a9d4e10',
    name: 'Night shift, port of Quill',
    roles: ['customs'],
    disabled: false,
    createdAt: '2026-11-20T08:00:00.000Z',
  },
  token: {
    id: sha256('an example of a token'),
    person: '0b1e7a52-9b3c-4d55-8f1d-2c7e6a9d4e10',
    roles: ['customs'],
    label: 'Screening of manifests',
    createdAt: '2026-11-20T08:00:00.000Z',
    expiresAt: '2027-11-20T08:00:00.000Z',
  },
  participant: {
    member: 'QN',
    names: { en: 'Quenland' },
    status: 'up to date',
    connected: true,
    behindBy: 0,
    lastHeardAt: '2026-11-22T10:00:01.000Z',
    keys: [{ kid: sha256('an example of a key'), state: 'in force', from: { torture: 1 } }],
  } satisfies NetworkView['participants'][number],
  goods: { ...goodsList.items[0] },
  watched: { ...goodsList.watch[0] },
  health: { ready: true, checks: [{ name: 'store', ok: true, detail: 'The store is open and writable.' }] },
} as const

/** The simplest draft of the first type that is like this and stands by itself. */
function exampleOf(isLike: (type: NoticeType) => boolean): Draft {
  const [first] = noticeTypes.find(type => !type.answers && isLike(type))?.examples ?? []
  if (first === undefined) throw new TypeError('No type has such an example.')
  return first
}

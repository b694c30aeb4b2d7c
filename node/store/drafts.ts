import { type Draft, FocalpointError } from '#protocol'
import type { Returned } from '../desk/drafting.ts'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { late, type Operation, putJson, remove, type View } from './operation.ts'

export interface OpenDraft {
  id: string
  draft: Draft
  /** The id of the person who began it. */
  author: string
  /** Ids of all who wrote at it: somebody else must release it. */
  editors: string[]
  createdAt: number
  updatedAt: number
  /** One more with every change, so that nobody releases what they have not read. */
  version: number
  /** Why it does not wait for release any more; gone once it is sent again. */
  returned?: Returned
  releasedAs?: never
}

/** All that remains: the text lives in the notice, where erasure reaches it. */
export interface ReleasedDraft {
  id: string
  author: string
  /** The notice's id. */
  releasedAs: string
  at: number
  /** The id of the person who released it; rows of older nodes do not say. */
  by?: string
  /** Its author has not opened the notice. */
  isUnseen?: true
}

/** What became of this version of a draft. */
type Released = Pick<ReleasedDraft, 'releasedAs' | 'at' | 'by'> & Pick<OpenDraft, 'version'>

export type StoredDraft = OpenDraft | ReleasedDraft

export interface Drafts {
  find: (id: string) => StoredDraft | undefined
  list: () => StoredDraft[]
  putOps: (draft: OpenDraft) => Operation[]
  /** Made of the draft as it is when this is written: of two changes at once neither is lost, nor who made it. */
  changeOps: (id: string, change: (held: OpenDraft) => OpenDraft) => Operation[]
  /** Makes `write` throw `not-found`, `already-released`, and `draft-changed` where another version is held. */
  deleteOps: (id: string, version?: number) => Operation[]
  /** The same: of two releases at once only the first is written, and no other text than was signed is gone. */
  releasedOps: (id: string, released: Released) => Operation[]
  /** Nothing where it was seen before. */
  seenOps: (id: string) => Operation[]
}

export function draftsIn(mirror: Mirror): Drafts {
  const drafts = jsonRows<StoredDraft>(mirror)
  return {
    find: id => drafts.find(tables.draft.key(id)),
    list: drafts.list,
    putOps: draft => [putJson(tables.draft.key(draft.id), draft)],
    changeOps,
    deleteOps,
    releasedOps,
    seenOps,
  }
}

function changeOps(id: string, change: (held: OpenDraft) => OpenDraft): Operation[] {
  return late(view => [putJson(tables.draft.key(id), change(getOpen(id, view)))])
}

function deleteOps(id: string, version?: number): Operation[] {
  return late(view => {
    getOpen(id, view, version)
    return [remove(tables.draft.key(id))]
  })
}

function releasedOps(id: string, { version, ...released }: Released): Operation[] {
  return late(view => {
    const { author } = getOpen(id, view, version)
    const row: ReleasedDraft = { id, author, ...released, isUnseen: true }
    return [putJson(tables.draft.key(id), row)]
  })
}

function seenOps(id: string): Operation[] {
  return late(view => {
    const value = view.get(tables.draft.key(id))
    const { isUnseen, ...seen }: Partial<ReleasedDraft> = value === undefined ? {} : JSON.parse(value)
    return isUnseen === true ? [putJson(tables.draft.key(id), seen)] : []
  })
}

function getOpen(id: string, view: View, version?: number): OpenDraft {
  const value = view.get(tables.draft.key(id))
  if (value === undefined)
    throw new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id })
  const draft: StoredDraft = JSON.parse(value)
  if (draft.releasedAs === undefined) {
    if (version === undefined || version === draft.version) return draft
    const says = 'Somebody changed this draft since you read it: read it again, then go on.'
    throw new FocalpointError('draft-changed', says, { draft: id })
  }
  throw new FocalpointError('already-released', 'This draft has been released already.', { draft: id })
}

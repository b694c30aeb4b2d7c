import { FocalpointError } from '#protocol'
import type { UnfinishedDraft } from '../desk/drafting.ts'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { late, type Operation, putJson, remove, type View } from './operation.ts'

export interface Unfinished {
  find: (id: string) => UnfinishedDraft | undefined
  list: () => UnfinishedDraft[]
  /** Makes `write` throw `conflict` when there is one already. */
  createOps: (row: UnfinishedDraft) => Operation[]
  /** Made of what is held when this is written; makes `write` throw `not-found`, `draft-changed`. */
  changeOps: (id: string, version: number, change: (held: UnfinishedDraft) => UnfinishedDraft) => Operation[]
  /** Nothing where there is none. */
  deleteOps: (id: string) => Operation[]
  /** Makes `write` throw `draft-changed`: what is finished is what was read. */
  finishOps: (id: string, version: number) => Operation[]
}

export function unfinishedIn(mirror: Mirror): Unfinished {
  const rows = jsonRows<UnfinishedDraft>(mirror)
  return {
    find: id => rows.find(tables.unfinished.key(id)),
    list: rows.list,
    createOps: row =>
      late(view => {
        const key = tables.unfinished.key(row.id)
        if (view.get(key) === undefined) return [putJson(key, row)]
        throw new FocalpointError('conflict', 'This draft is being changed already.', { what: 'draft' })
      }),
    changeOps: (id, version, change) =>
      late(view => [putJson(tables.unfinished.key(id), change(heldAt(id, version, view)))]),
    deleteOps: id => [remove(tables.unfinished.key(id))],
    finishOps: (id, version) =>
      late(view => {
        heldAt(id, version, view)
        return [remove(tables.unfinished.key(id))]
      }),
  }
}

function heldAt(id: string, version: number, view: View): UnfinishedDraft {
  const value = view.get(tables.unfinished.key(id))
  if (value === undefined)
    throw new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id })
  const held: UnfinishedDraft = JSON.parse(value)
  if (held.version === version) return held
  throw new FocalpointError(
    'draft-changed',
    'Somebody changed this draft since you read it: read it again, then save.',
    { draft: id },
  )
}

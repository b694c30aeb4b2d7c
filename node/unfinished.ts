import { randomUUID } from 'node:crypto'
import { FocalpointError } from '#protocol'
import type { StoredDraft, UnfinishedDesk, UnfinishedDraft } from './desk/drafting.ts'
import type { Drafts } from './drafts.ts'
import type { Person } from './people.ts'
import type { Store } from './store/index.ts'

export interface UnfinishedOptions {
  store: Store
  drafts: Drafts
  now: () => number
}

/** What is being written, as it was typed: kept until it becomes a draft, or a new version of one. */
export function unfinishedOf(options: UnfinishedOptions): UnfinishedDesk {
  const { store, now } = options
  return {
    list: () => store.unfinished.list(),
    find: id => store.unfinished.find(id),
    async create({ type, answers, of }, person) {
      const at = now()
      const changed = of === undefined ? undefined : options.drafts.getOpen(of)
      const row: UnfinishedDraft = {
        id: changed?.id ?? randomUUID(),
        type,
        answers,
        author: changed?.author ?? person.id,
        editors: [person.id],
        by: person.id,
        createdAt: at,
        updatedAt: at,
        version: 1,
        ...(changed && { draftVersion: changed.version }),
      }
      await store.writeAlone(store.unfinished.createOps(row))
      return row
    },
    async replace(id, answers, person, { version }) {
      const change = (held: UnfinishedDraft): UnfinishedDraft => ({
        ...held,
        answers,
        by: person.id,
        editors: withPerson(held.editors, person),
        updatedAt: now(),
        version: held.version + 1,
      })
      await store.writeAlone(store.unfinished.changeOps(id, version, change))
      return getUnfinished(store, id)
    },
    async remove(id) {
      getUnfinished(store, id)
      await store.writeAlone(store.unfinished.deleteOps(id))
    },
    settled: () => store.write([]),
    finish: (id, value, person, { version }) => finish(options, { id, value, person, version }),
  }
}

/** All who wrote at it are editors of the draft: none of them may release it. */
async function finish(
  { store, drafts }: UnfinishedOptions,
  { id, value, person, version }: { id: string; value: unknown; person: Person; version: number },
): Promise<StoredDraft> {
  const { author, editors, draftVersion } = getUnfinished(store, id)
  const also = { editors: withPerson(editors, person), with: store.unfinished.finishOps(id, version) }
  if (draftVersion === undefined) return drafts.create(value, person, { ...also, id, author })
  return drafts.replace(id, value, person, { ...also, version: draftVersion })
}

function withPerson(editors: readonly string[], person: Person): string[] {
  return [...new Set([...editors, person.id])]
}

function getUnfinished(store: Store, id: string): UnfinishedDraft {
  const held = store.unfinished.find(id)
  if (held !== undefined) return held
  throw new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id })
}

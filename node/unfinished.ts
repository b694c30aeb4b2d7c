import { randomUUID } from 'node:crypto'
import { FocalpointError } from '#protocol'
import type { Answers, StoredDraft, UnfinishedDesk, UnfinishedDraft } from './desk/drafting.ts'
import { draftingLimits } from './desk/drafting-limits.ts'
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
  /** One after the other: what one keeps the next one counts. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = (keep: () => Promise<void>) => {
    const kept = turn.then(keep)
    turn = kept.catch(() => {})
    return kept
  }
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
      await inTurn(() => {
        checkCount(store, person)
        checkRoom(store, { id: row.id, answers, person })
        return store.writeAlone(store.unfinished.createOps(row))
      })
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
      await inTurn(() => {
        checkRoom(store, { id, answers, person })
        return store.writeAlone(store.unfinished.changeOps(id, version, change))
      })
      return getUnfinished(store, id)
    },
    async remove(id) {
      getUnfinished(store, id)
      await store.writeAlone(store.unfinished.deleteOps(id))
    },
    async settled() {
      await turn
      await store.write([])
    },
    finish: (id, value, person, { version }) => finish(options, { id, value, person, version }),
  }
}

/** Throws `quota-reached` for whoever has begun too many that are still open. */
function checkCount({ unfinished }: Store, person: Person): void {
  const begun = unfinished.list().filter(({ editors }) => editors[0] === person.id).length
  const most = draftingLimits.openMostPerPerson
  if (begun < most) return
  throw new FocalpointError(
    'quota-reached',
    `You have begun ${begun} drafts that are not sent for release, and one person has at most ${most}. Finish some of them, or delete those that nobody needs.`,
    { what: 'half-written drafts', most },
  )
}

interface Kept {
  id: string
  answers: Answers
  person: Person
}

/** Throws `body-too-large`, and `quota-reached` where all that this person wrote last takes too much; less always goes. */
function checkRoom({ unfinished }: Store, { id, answers, person }: Kept): void {
  const bytes = bytesOf(answers)
  if (bytes <= bytesOf(unfinished.find(id)?.answers ?? {})) return
  const { rowBytes: limit, answersMost, bytesMostPerPerson: most } = draftingLimits
  if (Object.keys(answers).length > answersMost)
    throw new FocalpointError(
      'quota-reached',
      `With this the draft would have more than ${answersMost} answers. Leave some out.`,
      { what: 'answers of a draft', most: answersMost },
    )
  if (bytes > limit)
    throw new FocalpointError(
      'body-too-large',
      `With this the draft would take ${Math.ceil(bytes / 1024)} KiB, and it has at most ${limit / 1024} KiB. Shorten it.`,
      { limit },
    )
  const others = unfinished.list().filter(each => each.by === person.id && each.id !== id)
  if (others.reduce((sum, each) => sum + bytesOf(each.answers), bytes) <= most) return
  throw new FocalpointError(
    'quota-reached',
    `The half-written drafts that you changed last would take more than ${most / 1024} KiB together. Finish some of them, or delete those that nobody needs.`,
    { what: 'half-written drafts', most },
  )
}

function bytesOf(answers: Answers): number {
  return Buffer.byteLength(JSON.stringify(answers))
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

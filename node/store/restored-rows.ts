import { type Envelope, type IndexKeys, isObject, isPast, type Part, parsePart, partNames } from '#protocol'
import { isDueConsignment } from './consignments.ts'
import { feedRow } from './feed.ts'
import { bodyIndexRows, envelopeIndexRows } from './index-rows.ts'
import { fieldOf, numberAtEnd, tables } from './keys.ts'
import { envelopeOf, indexedPart, type LogEntry, noticeRow, noticeRowOf, parseEntry } from './notice-row.ts'
import { put, type RowOperation } from './operation.ts'

export interface RestoredRowsOptions {
  /** Whether there is a record that this part was erased, in the backup or in what it replaces. */
  isErased: (id: string, name: string) => boolean
  /** What a notice's body is found by. */
  findingsOf: (envelope: Envelope, parts: readonly Part[]) => { keys: IndexKeys; words: string }
  /** As written already. */
  entryAt: (channel: string, issuer: string, seq: number) => LogEntry | undefined
  /** Seconds since 1970. */
  now: number
}

/**
 * Rows of a backup, told in key order, as they are to stand in a new store: parts that may no longer be kept are left
 * out before they touch the disk, and what a notice is found by is made again from what is left of it.
 */
export class RestoredRows {
  readonly #options: RestoredRowsOptions
  /** Names of parts that were left out, by notice. */
  readonly #gone = new Map<string, string[]>()
  /** `<id>!<name>` of parts that may not be kept, held or not. */
  readonly #barred = new Set<string>()
  #cursor = 0

  constructor(options: RestoredRowsOptions) {
    this.#options = options
  }

  get partsLeftOut(): number {
    return [...this.#gone.values()].reduce((sum, names) => sum + names.length, 0)
  }

  /** Of a notice's own row only once its text is written. */
  rowsOf(key: string, value: string): RowOperation[] {
    const table = fieldOf(key, 0)
    if (table === 'notice') return this.#noticeRows(fieldOf(key, 1), value)
    if (table === 'log' || table === 'void') return [this.#textRow(key, value)]
    if (table === 'until' && this.#isDue(key)) return []
    if (table === 'missing' && this.#barred.has(`${fieldOf(key, 1)}!${fieldOf(key, 2)}`)) return []
    if (table === 'draft' && isDueDraft(value, this.#options.now)) return []
    if (table === 'consignment' && isDueConsignment(value, this.#options.now)) return []
    if (table === 'feed') this.#cursor = numberAtEnd(key)
    return [put(key, value)]
  }

  /** To be written last: what was left out is erased for ever, and those who follow the feed are told. */
  lastRows(): RowOperation[] {
    const { now } = this.#options
    return Array.from(this.#gone, ([id, names]) => [
      ...names.map(name => put(tables.erased.key(id, name), String(now))),
      feedRow({ cursor: ++this.#cursor, kind: 'erased', id, at: now }),
    ]).flat()
  }

  #textRow(key: string, value: string): RowOperation {
    const entry = parseEntry(value)
    const envelope = envelopeOf(entry)
    const { id, jws } = entry
    const names = partNames(envelope).filter(name => this.#mayNotKeep(envelope, name))
    const parts = entry.parts.filter(({ name }) => !names.includes(name))
    const held = entry.parts.flatMap(({ name }) => (names.includes(name) ? [name] : []))
    for (const name of names) this.#barred.add(`${id}!${name}`)
    if (held.length > 0) this.#gone.set(id, held)
    return put(key, [id, jws, ...parts.map(({ name, to, text }) => `${name}/${to}/${text}`)].join(' '))
  }

  #noticeRows(id: string, value: string): RowOperation[] {
    const held = noticeRowOf(() => value, id)
    if (held === undefined) return []
    const entry = held.isVoid ? undefined : this.#options.entryAt(held.channel, held.issuer, held.seq)
    const parts = entry?.parts.map(({ text }) => parsePart(text)) ?? []
    if (entry === undefined || !parts.some(({ name }) => name === indexedPart)) {
      const row = { ...held, keys: undefined }
      return [noticeRow(id, row), ...(held.isVoid ? [] : envelopeIndexRows(row))]
    }
    const { keys, words } = this.#options.findingsOf(envelopeOf(entry), parts)
    const row = { ...held, keys }
    return [noticeRow(id, row), ...envelopeIndexRows(row), ...bodyIndexRows(row, words)]
  }

  #mayNotKeep({ id, parts }: Envelope, name: string): boolean {
    const until = parts[name]?.until
    return (until !== undefined && isPast(until, this.#options.now)) || this.#options.isErased(id, name)
  }

  /** A day that is past, or of a part that is erased. */
  #isDue(key: string): boolean {
    return (
      isPast(fieldOf(key, 1), this.#options.now) || this.#options.isErased(fieldOf(key, 2), fieldOf(key, 3))
    )
  }
}

/** A draft holds the same text as the notice it will be. */
function isDueDraft(value: string, now: number): boolean {
  return daysOfDraft(value).some(day => isPast(day, now))
}

/** Days of the parts of a draft that is still open. */
export function daysOfDraft(value: string): string[] {
  const stored: unknown = JSON.parse(value)
  const parts = isObject(stored) && isObject(stored.draft) ? stored.draft.parts : undefined
  if (!isObject(parts)) return []
  return Object.values(parts).flatMap(rule =>
    isObject(rule) && typeof rule.until === 'string' ? [rule.until] : [],
  )
}

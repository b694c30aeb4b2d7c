import type { Frontier } from '#protocol'
import { dayOfConsignment } from '../store/consignments.ts'
import { parseHead } from '../store/heads.ts'
import { fieldOf, tables } from '../store/keys.ts'
import { daysOfDraft } from '../store/restored-rows.ts'
import { readRows } from './rows-text.ts'

/** What rows come to, told as they go by in key order. */
export class Tally {
  readonly counts: Record<string, number> = {}
  readonly heads: Frontier = {}
  /** The first of the last days of all parts, drafts and kept consignments among them. */
  destroyAfter: string | undefined
  /** The registry that the node went by, where it was newer than its file. */
  trust: string | undefined
  readonly #missing = new Set<string>()

  see(key: string, value: string): void {
    const table = fieldOf(key, 0)
    this.counts[table] = (this.counts[table] ?? 0) + 1
    if (table === 'head') this.#seeHead(key, value)
    if (table === 'missing') this.#missing.add(`${fieldOf(key, 1)}!${fieldOf(key, 2)}`)
    if (table === 'until' && !this.#missing.has(`${fieldOf(key, 2)}!${fieldOf(key, 3)}`))
      this.#seeDay(fieldOf(key, 1))
    if (table === 'consignment') this.#seeDay(dayOfConsignment(value))
    if (table === 'draft') for (const day of daysOfDraft(value)) this.#seeDay(day)
    if (key === tables.trust.key()) this.trust = value
  }

  #seeHead(key: string, value: string): void {
    const { seq, id } = parseHead(value)
    const channel = fieldOf(key, 1)
    this.heads[channel] = { ...this.heads[channel], [fieldOf(key, 2)]: [seq, id] }
  }

  #seeDay(day: string | undefined): void {
    if (day === undefined) return
    if (this.destroyAfter === undefined || day < this.destroyAfter) this.destroyAfter = day
  }
}

/** What a file of rows comes to. Throws `backup-invalid`. */
export async function tallyOf(path: string): Promise<Tally> {
  const tally = new Tally()
  for await (const page of readRows(path)) for (const [key, value] of page) tally.see(key, value)
  return tally
}

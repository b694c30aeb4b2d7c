import type { CarriedRef, Envelope, Frontier, Head } from '#protocol'
import type { KeptNotice } from '../admission.ts'
import { admissionOps, isKept } from './admission-rows.ts'
import type { Answered } from './answered.ts'
import type { Heads } from './heads.ts'
import { fieldOf, tables } from './keys.ts'
import type { Mirror } from './mirror.ts'
import { keptNotice, type LogEntry, parseEntry } from './notice-row.ts'
import { partsOps } from './parts-rows.ts'
import { refsTo } from './ref-rows.ts'
import type { Rows } from './rows.ts'
import { voidIds, voidOps } from './void-rows.ts'

export interface Notices {
  /** The notice, also a void one; parts that were erased are only named. */
  find: (id: string) => KeptNotice | undefined
  has: (id: string) => boolean
  /** As `has`, for the gate, which asks for every envelope: mostly answered from memory. */
  isKept: (envelope: Envelope) => boolean
  idAt: (channel: string, issuer: string, seq: number) => string | undefined
  head: (channel: string, issuer: string) => Head | undefined
  /** Committed and not void. */
  heads: () => Frontier
  /** Ids of these places, both ends counting, in log order. */
  logIds: (channel: string, issuer: string, from: number, to: number) => string[]
  /** Notices from this place on, in log order. */
  logEntries: (channel: string, issuer: string, fromSeq: number, limit: number) => LogEntry[]
  /** Ids of notices with a wanted part that is neither held nor erased. */
  missingParts: () => string[]
  /** Who refers to this notice, and how; void ones and what sealed ones say inside do not count. */
  refsTo: (id: string) => CarriedRef[]
  /** Ids of all that are referred to in any of these ways, and of some that no longer are. */
  answeredBy: (rels: readonly string[]) => string[]
  /** Void notices that are kept of this key. */
  voidIds: (kid: string) => string[]
  admissionOps: typeof admissionOps
  partsOps: typeof partsOps
  voidOps: typeof voidOps
}

export interface NoticesOptions {
  rows: Rows
  heads: Heads
  missing: Mirror
  answered: Answered
}

export function noticesIn({ rows, heads, missing, answered }: NoticesOptions): Notices {
  function idAt(channel: string, issuer: string, seq: number): string | undefined {
    const text = rows.get(tables.log.key(channel, issuer, seq))
    return text?.slice(0, text.indexOf(' '))
  }

  return {
    find: id => keptNotice(rows.get, id),
    has: id => rows.get(tables.notice.key(id)) !== undefined,
    isKept: envelope => isKept(rows.get, envelope),
    idAt,
    head: heads.head,
    heads: heads.heads,

    logIds(channel, issuer, from, to) {
      return run({ from, to }, seq => idAt(channel, issuer, seq))
    },

    logEntries(channel, issuer, fromSeq, limit) {
      const places = { from: fromSeq, to: fromSeq + limit - 1 }
      return run(places, seq => rows.get(tables.log.key(channel, issuer, seq))).map(parseEntry)
    },

    missingParts: () => [...new Set(missing.entries().map(([key]) => fieldOf(key, 1)))],
    refsTo: id => refsTo(rows.get, id),
    answeredBy: answered.by,
    voidIds: kid => voidIds(rows.get, kid),
    admissionOps,
    partsOps,
    voidOps,
  }
}

/** What stands at these places, as far as the log reaches. */
function run({ from, to }: { from: number; to: number }, at: (seq: number) => string | undefined): string[] {
  const found: string[] = []
  for (let seq = from; seq <= to; seq++) {
    const value = at(seq)
    if (value === undefined) break
    found.push(value)
  }
  return found
}

import type { KeptNotice } from '../admission.ts'
import { parseFeedRow } from './feed.ts'
import { type Term, termHash, termsOf } from './index-rows.ts'
import { numberAtEnd, tables, under } from './keys.ts'
import { keptNotice, noticeRowOf } from './notice-row.ts'
import type { Range, Rows } from './rows.ts'

export interface Search {
  type?: string | undefined
  issuer?: string | undefined
  channel?: string | undefined
  category?: string | undefined
  goods?: string | undefined
  /** A heading (4 digits), a subheading (6), or a whole code. */
  hs?: string | undefined
  country?: string | undefined
  reference?: string | undefined
  /** Folded as the notices' words were; all of its words must occur. */
  q?: string | undefined
  /** Received here at this second or later. */
  since?: number | undefined
  /** Only notices with these ids. */
  among?: readonly string[] | undefined
  /** Only what came before this cursor: the last one of the page before. */
  before?: number | undefined
  limit: number
}

/** Cursors of notices, newest first. */
interface Walk {
  step: (before: number) => Promise<{ found: number[]; next: number | undefined }>
}

/** What all must hold of a notice that was found. */
interface Asked {
  terms: readonly Term[]
  words: readonly string[]
  channel?: string | undefined
  since?: number | undefined
}

const termKinds = ['reference', 'goods', 'hs', 'country', 'category', 'type', 'issuer'] as const
const rowsPerStep = 512

export type NoticeSearch = ReturnType<typeof searchIn>

export function searchIn(rows: Rows) {
  return {
    /** Kept notices that are not void, newest here first. */
    async list(search: Search): Promise<KeptNotice[]> {
      const terms = termsAsked(search)
      const words = (search.q ?? '').split(/\s+/).filter(word => word !== '')
      let before = search.before ?? Number.MAX_SAFE_INTEGER
      const walk =
        search.among === undefined
          ? await bestWalk(rows, { terms, hasWords: words.length > 0, before })
          : amongWalk(rows, search.among)
      const notices: KeptNotice[] = []
      while (notices.length < search.limit) {
        const { found, next } = await walk.step(before)
        for (const cursor of found) {
          const id = noticeAt(rows, cursor)
          if (id === undefined || !fits(rows, { id, cursor }, { ...search, terms, words })) continue
          const notice = keptNotice(rows.get, id)
          if (notice) notices.push(notice)
          if (notices.length === search.limit) break
        }
        if (next === undefined) break
        before = next
      }
      return notices
    },
  }
}

function termsAsked(search: Search): Term[] {
  return termKinds.flatMap(kind => {
    const value = search[kind]
    return value === undefined ? [] : [`${kind}:${value}` as const]
  })
}

/** The index that runs out first is the most selective; where none does, the one of the kind that mostly is. */
async function bestWalk(
  rows: Rows,
  { terms, hasWords, before }: { terms: readonly Term[]; hasWords: boolean; before: number },
): Promise<Walk> {
  const walks = terms.map(term => indexWalk(rows, term))
  const [first] = walks
  if (first === undefined) return hasWords ? wordsWalk(rows) : feedWalk(rows)
  if (walks.length === 1) return first
  const probes = await Promise.all(walks.map(async walk => ({ walk, ...(await walk.step(before)) })))
  const short = probes
    .filter(({ next }) => next === undefined)
    .sort((a, b) => a.found.length - b.found.length)
    .at(0)
  if (short) return short.walk
  return hasWords && terms.every(isBroad) ? wordsWalk(rows) : first
}

function isBroad(term: Term): boolean {
  return term.startsWith('type:') || term.startsWith('issuer:')
}

function indexWalk(rows: Rows, term: Term): Walk {
  const hash = termHash(term)
  return walkOver(rows, under('index', hash), cursor => tables.index.key(hash, cursor))
}

function wordsWalk(rows: Rows): Walk {
  return walkOver(rows, under('words'), tables.words.key)
}

function feedWalk(rows: Rows): Walk {
  return walkOver(rows, under('feed'), tables.feed.key)
}

/** A thousand of them are found within some milliseconds. */
function amongWalk(rows: Rows, ids: readonly string[]): Walk {
  const cursors = ids.flatMap(id => noticeRowOf(rows.get, id)?.cursor ?? []).sort((one, other) => other - one)
  return {
    async step(before) {
      const found = cursors.filter(cursor => cursor < before).slice(0, rowsPerStep)
      return { found, next: found.length < rowsPerStep ? undefined : found.at(-1) }
    },
  }
}

function walkOver(rows: Rows, range: Range, keyAt: (cursor: number) => string): Walk {
  return {
    async step(before) {
      const keys = await rows.scanKeys({ ...range, lt: keyAt(before), reverse: true, limit: rowsPerStep })
      const found = keys.map(numberAtEnd)
      return { found, next: found.length < rowsPerStep ? undefined : found.at(-1) }
    },
  }
}

/** The notice that took this place in the feed. */
function noticeAt(rows: Rows, cursor: number): string | undefined {
  const value = rows.get(tables.feed.key(cursor))
  if (value === undefined) return undefined
  const { kind, id } = parseFeedRow(cursor, value)
  return kind === 'notice' ? id : undefined
}

function fits(
  rows: Rows,
  { id, cursor }: { id: string; cursor: number },
  { terms, words, channel, since }: Asked,
): boolean {
  if (words.length > 0) {
    const held = rows.get(tables.words.key(cursor))
    if (held === undefined || !words.every(word => held.includes(word))) return false
  }
  const row = noticeRowOf(rows.get, id)
  if (row === undefined || row.isVoid) return false
  if (channel !== undefined && row.channel !== channel) return false
  if (since !== undefined && row.receivedAt < since) return false
  if (terms.length === 0) return true
  const own = termsOf(row)
  return terms.every(term => own.includes(term))
}

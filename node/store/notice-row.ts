import {
  type Envelope,
  type IndexKeys,
  isForChannel,
  type Part,
  parseEnvelope,
  parsePart,
  partNames,
} from '#protocol'
import type { Flag, KeptNotice, Road } from '../admission.ts'
import { tables } from './keys.ts'
import { put, type RowOperation } from './operation.ts'
import { recent } from './recent.ts'

/** What is kept beside the signed text. */
export interface NoticeRow {
  kid: string
  channel: string
  issuer: string
  seq: number
  type: string
  cursor: number
  road: Road
  from: string
  receivedAt: number
  flags: readonly Flag[]
  isVoid: boolean
  /** Present while its body is held and it can be found by it. */
  keys?: IndexKeys | undefined
}

/** One word each, in this order; the keys are JSON and come last. */
export function noticeRow(id: string, row: NoticeRow): RowOperation {
  const { kid, channel, issuer, seq, type, cursor, road, from, receivedAt, flags, isVoid, keys } = row
  const standing = isVoid ? 'void' : 'kept'
  const words = [kid, channel, issuer, seq, type, cursor, road, from, receivedAt, standing, flags.join(',')]
  const findings = keys === undefined || isEmpty(keys) ? '' : JSON.stringify(keys)
  return put(tables.notice.key(id), `${words.join(' ')} ${findings}`)
}

function isEmpty(keys: IndexKeys): boolean {
  return Object.values(keys).every(values => values.length === 0)
}

function parseNoticeRow(value: string): NoticeRow {
  const [kid = '', channel = '', issuer = '', seq, type = '', cursor, road, from = '', ...rest] =
    value.split(' ')
  const [receivedAt, standing, flags = '', ...findings] = rest
  const keys = findings.join(' ')
  return {
    kid,
    channel,
    issuer,
    seq: Number(seq),
    type,
    cursor: Number(cursor),
    road: road as Road,
    from,
    receivedAt: Number(receivedAt),
    flags: flags === '' ? [] : (flags.split(',') as Flag[]),
    isVoid: standing === 'void',
    keys: keys === '' ? undefined : JSON.parse(keys),
  }
}

/** The signed text with the parts at hand, as catch-up serves it: nothing parsed. */
export interface LogEntry {
  id: string
  jws: string
  /** In name order; whom each is for decides who may be served. */
  parts: readonly LogPart[]
}

export interface LogPart {
  name: string
  to: 'channel' | 'named'
  text: string
}

type Get = (key: string) => string | undefined

/** The part that keys and words are made from. */
export const indexedPart = 'body'

export function noticeRowOf(get: Get, id: string): NoticeRow | undefined {
  const value = get(tables.notice.key(id))
  return value === undefined ? undefined : parseNoticeRow(value)
}

/** Where the signed text stands: in its log, or with the void ones. */
export function textKey(row: NoticeRow, id: string): string {
  return row.isVoid ? tables.voided.key(row.kid, id) : tables.log.key(row.channel, row.issuer, row.seq)
}

export function textRow(row: NoticeRow, { id, jws, parts }: LogEntry): RowOperation {
  const words = parts.map(({ name, to, text }) => `${name}/${to}/${text}`)
  return put(textKey(row, id), [id, jws, ...words].join(' '))
}

export function parseEntry(value: string): LogEntry {
  const [id = '', jws = '', ...words] = value.split(' ')
  return { id, jws, parts: words.map(parseLogPart) }
}

function parseLogPart(word: string): LogPart {
  const [name = '', to, text = ''] = word.split('/')
  return { name, to: to === 'channel' ? 'channel' : 'named', text }
}

/** In name order. An unknown audience counts as named readers. */
export function logParts(envelope: Envelope, parts: readonly Part[]): LogPart[] {
  return parts
    .map(
      ({ name, text }) => ({ name, to: isForChannel(envelope, name) ? 'channel' : 'named', text }) as const,
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function entryOf(get: Get, row: NoticeRow, id: string): LogEntry | undefined {
  const value = get(textKey(row, id))
  return value === undefined ? undefined : parseEntry(value)
}

export function envelopeOf({ jws }: LogEntry): Envelope {
  return recentEnvelope(jws)
}

/** Some ten pages of a list; an envelope has some 4 KB, and no word of a part in it. */
const recentEnvelopes = 2048
const recentEnvelope = recent(jws => parseEnvelope(jws, { net: netOf(jws) }), recentEnvelopes)

/** The store holds only what has passed the gate, so the net is the one that the text itself names. */
function netOf(jws: string): string {
  return JSON.parse(Buffer.from(jws.slice(0, jws.indexOf('.')), 'base64url').toString()).net
}

export function keptNotice(get: Get, id: string): KeptNotice | undefined {
  const row = noticeRowOf(get, id)
  const entry = row && entryOf(get, row, id)
  if (row === undefined || entry === undefined) return undefined
  const envelope = envelopeOf(entry)
  const erased = partNames(envelope).filter(
    name => !entry.parts.some(part => part.name === name) && get(tables.erased.key(id, name)) !== undefined,
  )
  const { cursor, road, from, receivedAt, flags, isVoid } = row
  const parts = entry.parts.map(part => parsePart(part.text))
  return { envelope, parts, erased, road, from, receivedAt, flags, isVoid, cursor }
}

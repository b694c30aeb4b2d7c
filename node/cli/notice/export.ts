import { createWriteStream } from 'node:fs'
import { access, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FocalpointError, isError } from '#protocol'
import { exportTally } from '../answers.ts'
import { type Client, clientFrom, type Query } from '../client.ts'
import { readJsonObject } from '../input.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { openProgress, type Progress } from '../progress.ts'
import { say } from '../talk.ts'

export const exportFormats = ['csv', 'ndjson', 'bundle', 'stix'] as const
type Format = (typeof exportFormats)[number]

interface ExportOptions extends NodeAddress, Listing {
  format: Format
  type?: string
  issuer?: string
  hs?: string
  goods?: string
  country?: string
  search?: string
  status?: string
  since?: string
  map?: string
  exercises?: boolean
  all?: boolean
  signed?: boolean
  out?: string
}

interface Way {
  path: string
  /** Options that mean something with this format only. */
  takes: readonly ('map' | 'exercises' | 'all' | 'signed')[]
}

const ways: Record<Format, Way> = {
  csv: { path: '/v1/exports/notices.csv', takes: ['map', 'exercises', 'all'] },
  ndjson: { path: '/v1/exports/notices.ndjson', takes: ['signed'] },
  bundle: { path: '/v1/exports/bundle.ndjson', takes: [] },
  stix: { path: '/v1/exports/notices.stix.json', takes: ['exercises'] },
}

/** Data to stdout or into a file that appears only when it is whole; how much, and what was left out, to stderr. */
export async function exportNotices(options: ExportOptions): Promise<void> {
  const { format, map, exercises, all, signed, out, quiet } = options
  checkOptions(options)
  const { type, issuer, hs, goods, country, search: q, status, since } = options
  const filters = { type, issuer, hs, goods, country, q, status, since }
  const flags = { exercises: asWord(exercises), all: asWord(all) }
  const client = await clientFrom(options)
  const columns = map === undefined ? undefined : await readJsonObject(map)
  const per = typeof columns?.per === 'string' ? columns.per : undefined
  const told = quiet ? undefined : await tallyOf(client, { ...filters, ...flags, format, per })
  const query = { ...filters, ...flags, signed: asWord(signed) }
  const answer = await client.open(ways[format].path, {}, { query, json: columns })
  const expected = told === undefined ? 0 : format === 'csv' ? told.lines : told.notices
  const progress = await openProgress({ what: 'Exporting', total: expected, quiet })
  const pieces = counted(answer, { url: client.url, expected, progress })
  if (out === undefined) await pipeline(pieces, process.stdout, { end: false }).catch(unlessClosed)
  else await writeWhole(out, pieces)
  progress.done('Exported.')
  if (told !== undefined) tellTally(told, options)
}

function checkOptions(options: ExportOptions): void {
  const { takes } = ways[options.format]
  const given = (['map', 'exercises', 'all', 'signed'] as const).filter(name => options[name] !== undefined)
  const wrong = given.find(name => !takes.includes(name))
  if (wrong === undefined) return
  const what = `--${wrong} does nothing with --format ${options.format}.`
  throw new FocalpointError('usage', what, { what })
}

function asWord(flag: boolean | undefined): string | undefined {
  return flag ? 'true' : undefined
}

type Tally = { notices: number; lines: number; leftOut: Record<string, number> }

/** Of wrong filters or columns the export itself tells. */
async function tallyOf(client: Client, query: Query): Promise<Tally | undefined> {
  try {
    return await client.get('/v1/exports', exportTally, query)
  } catch (error) {
    if (isError(error, 'request-malformed')) return undefined
    throw error
  }
}

/** The pieces as they come; a connection that breaks off is told as such. */
async function* counted(
  { body }: Response,
  { url, expected, progress }: { url: string; expected: number; progress: Progress },
): AsyncGenerator<Uint8Array> {
  let lines = 0
  try {
    if (body === null) return
    for await (const piece of Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])) {
      yield piece
      const more = Math.min(linesIn(piece), expected - lines)
      lines += more
      progress.advance(more)
    }
  } catch (cause) {
    throw new FocalpointError(
      'node-unreachable',
      `The node at ${url} broke off before the export was whole: its log says why. Nothing of it should be used; try again.`,
      { url },
      { cause },
    )
  }
}

function linesIn(piece: Uint8Array): number {
  let count = 0
  for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) count += 1
  return count
}

async function writeWhole(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const unfinished = join(dirname(path), `.${basename(path)}.unfinished`)
  try {
    await checkNew(path)
    const file: Writable = createWriteStream(unfinished, { flags: 'w', mode: 0o600, flush: true })
    await pipeline(pieces, file)
    await rename(unfinished, path)
  } catch (cause) {
    await rm(unfinished, { force: true })
    if (isError(cause)) throw cause
    const what = cause instanceof Error ? cause.message : String(cause)
    throw new FocalpointError(
      'file-unreadable',
      `${path} cannot be written: ${what}.`,
      { path, what },
      { cause },
    )
  }
}

async function checkNew(path: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  )
  if (isThere)
    throw new FocalpointError('already-there', `${path} is there already: name another file.`, { path })
}

/** Whoever reads stdout may have enough. */
function unlessClosed(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'EPIPE' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

function tellTally({ notices, lines, leftOut }: Tally, { format, quiet }: ExportOptions): void {
  say(`Exported ${notices} notices${format === 'csv' ? ` in ${lines} lines` : ''}.`, { quiet })
  const hints: Record<string, [what: string, how: string]> = {
    exercises: ['drills', 'add --exercises'],
    notInForce: ['withdrawn, erased, disputed or unproven ones', format === 'csv' ? 'add --all' : ''],
    over: ['past their last day', 'add --all'],
    unreadable: ['without content here, or out of form', format === 'csv' ? 'add --all' : ''],
    notForPlatforms: ['neither alerts nor sightings', ''],
  }
  for (const [why, [what, how]] of Object.entries(hints)) {
    const count = leftOut[why] ?? 0
    if (count > 0) say(`Left out: ${count} ${what}${how === '' ? '' : ` (${how})`}.`, { quiet })
  }
}

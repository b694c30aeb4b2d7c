import { text as textOf } from 'node:stream/consumers'
import type { Command } from 'commander'
import { looksLikeBundle } from '#protocol'
import { tellReport } from './bundle/tell.ts'
import { verifyBundle } from './bundle/verify.ts'
import { tellFindings } from './findings.ts'
import { readPieces, unreadable } from './input.ts'
import { asListing, type Listing } from './options.ts'
import { openProgress, type Progress } from './progress.ts'
import { openTrustFile } from './trust.ts'
import { type Finding, verifyText } from './verification.ts'

interface VerifyOptions extends Listing {
  trust?: string
  demo?: boolean
}

/** libuv's second thread gets as much to do as the first; more at once only costs memory. */
const atOnce = 256

export function describeVerify(command: Command): void {
  asListing(command)
    .argument(
      '<file>',
      'a bundle as "notice export" made it, one notice text a line, or a JSON object with the member "notice"; - for stdin',
    )
    .option('--trust <file>', 'the registry to verify by (else ./trust.json; for a bundle the one inside)')
    .option('--demo', 'verify by the registry of the demonstration')
    .action(verifyFile)
}

/** Enough to tell a bundle by. */
const beginningBytes = 64 * 1024

async function verifyFile(file: string, options: VerifyOptions): Promise<void> {
  const pieces = readPieces(file)
  const begun: Uint8Array[] = []
  let bytes = 0
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    begun.push(next.value)
    bytes += next.value.length
    if (bytes >= beginningBytes) break
  }
  const all = async function* () {
    yield* begun
    yield* pieces
  }
  const beginning = Buffer.concat(begun).subarray(0, beginningBytes).toString()
  if (looksLikeBundle(beginning)) return verifyBundleFile(all(), options)
  return verifyNotices(file, await textOf(all()), options)
}

async function verifyBundleFile(
  pieces: AsyncIterable<Uint8Array>,
  { trust, demo, json, quiet }: VerifyOptions,
): Promise<void> {
  let progress: Progress | undefined
  const report = await verifyBundle(pieces, {
    registry: trust === undefined && !demo ? undefined : await openTrustFile({ trust, demo }),
    onBegin: async total => {
      progress = await openProgress({ what: 'Verifying', total, quiet })
    },
    onLines: lines => progress?.advance(lines),
  })
  progress?.done('Verified.')
  tellReport(report, { json })
}

async function verifyNotices(
  file: string,
  text: string,
  { trust, demo, json, quiet }: VerifyOptions,
): Promise<void> {
  const registry = await openTrustFile({ trust, demo })
  const texts = noticeTexts(file, text)
  const progress = await openProgress({ what: 'Verifying', total: texts.length, quiet })
  const findings: Finding[] = []
  for (let at = 0; at < texts.length; at += atOnce) {
    const page = texts.slice(at, at + atOnce)
    findings.push(...(await Promise.all(page.map(text => verifyText(text, registry)))))
    progress.advance(page.length)
  }
  progress.done(`Verified ${findings.length} notices.`)
  tellFindings(findings, { json })
}

/** A long run of base64url: a notice has it wherever it was changed, another kind of file has none. */
const looksSigned = /[\w-]{80}/

/** Nothing is trimmed but line ends: a space more is a changed text. */
function noticeTexts(file: string, text: string): string[] {
  if (text.startsWith('{')) return [noticeMember(file, text)]
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  if (!lines.some(line => looksSigned.test(line))) throw unreadable(file, 'there is no notice in it')
  return lines
}

function noticeMember(file: string, text: string): string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw unreadable(file, 'it begins as JSON and is none', cause)
  }
  const notice = typeof value === 'object' && value !== null && 'notice' in value ? value.notice : undefined
  if (typeof notice !== 'string') throw unreadable(file, 'it is JSON without a text as its member "notice"')
  return notice
}

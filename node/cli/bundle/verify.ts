import { createHash } from 'node:crypto'
import {
  type BundleHead,
  type BundleLine,
  bundleInvalid,
  bundleLineText,
  type Envelope,
  FocalpointError,
  findNoticeType,
  isError,
  openTrust,
  parseBundleHead,
  parseBundleLine,
  type Registry,
  trustFingerprint,
} from '#protocol'
import { type Finding, verifyWithEnvelope } from '../verification.ts'
import { verifyEvidence } from './evidence.ts'
import { type Line, linesOf } from './lines.ts'
import { type BundledLog, Logs } from './logs.ts'

export interface BundleProblem {
  /** In the file, from 1. */
  line: number
  id?: string
  code: FocalpointError['code']
  message: string
}

/** What a bundle proves, by which registry, and what its maker only says. */
export interface BundleReport {
  valid: boolean
  head: Omit<BundleHead, 'trust' | 'evidence' | 'heads'>
  trust: { whose: 'yours' | 'its own'; fingerprint: string; members: number; membersInside: number }
  logs: BundledLog[]
  exercises: number
  /** Parts that are not in it: erased, or not for the one who asked. */
  withheld: number
  withdrawn: string[]
  corrected: string[]
  disputed: string[]
  problems: BundleProblem[]
  notes: string[]
}

export interface Watched {
  onBegin: (lines: number) => Promise<void>
  onLines: (lines: number) => void
}

/** libuv's second thread gets as much to do as the first; more at once only costs memory. */
const atOnce = 256

/** Nobody reads more. */
const problemsMost = 1000

/** With no node and no network: by your registry, else by the one inside. Throws `bundle-invalid`, `net-differs`. */
export async function verifyBundle(
  pieces: AsyncIterable<Uint8Array>,
  { registry: yours, onBegin, onLines }: { registry?: Registry | undefined } & Watched,
): Promise<BundleReport> {
  const lines = linesOf(pieces)
  const first = await lines.next()
  if (first.done) throw bundleInvalid('it is empty')
  const head = parseBundleHead(first.value.text)
  const inside = await openTrust(JSON.stringify(head.trust)).catch(cause => {
    throw isError(cause) ? bundleInvalid(`the registry in it is not valid (${cause.code})`, cause) : cause
  })
  const reader = new BundleReader(head, { yours, inside })
  await reader.begin(first.value)
  await onBegin(head.notices + head.links)
  let page: Line[] = []
  for await (const line of lines) {
    page.push(line)
    if (page.length < atOnce) continue
    await reader.see(page)
    onLines(page.length)
    page = []
  }
  await reader.see(page)
  onLines(page.length)
  return reader.finish()
}

/** Takes the lines in their order and keeps of them only what is told in the end. */
class BundleReader {
  readonly #head: BundleHead
  readonly #registry: Registry
  readonly #report: BundleReport
  readonly #logs: Logs
  readonly #digest = createHash('sha256')
  /** Id → issuer of what was asked for. */
  readonly #asked = new Map<string, string>()
  #isDisputed: (envelope: Envelope) => boolean = () => false
  #links = 0
  #ended = false

  constructor(head: BundleHead, { yours, inside }: { yours: Registry | undefined; inside: Registry }) {
    const { trust: _, evidence: __, heads: ___, ...told } = head
    this.#head = head
    this.#registry = yours ?? inside
    this.#logs = new Logs(head, this.#registry)
    this.#report = {
      valid: false,
      head: told,
      trust: {
        whose: yours === undefined ? 'its own' : 'yours',
        fingerprint: trustFingerprint(this.#registry),
        members: this.#registry.members.version,
        membersInside: inside.members.version,
      },
      logs: this.#logs.all,
      exercises: 0,
      withheld: 0,
      withdrawn: [],
      corrected: [],
      disputed: [],
      problems: [],
      notes: this.#logs.notes,
    }
    if (head.net !== inside.net || head.fingerprint !== trustFingerprint(inside))
      throw bundleInvalid('its network or fingerprint is not that of the registry in it')
    if (head.net === this.#registry.net) return
    throw new FocalpointError('net-differs', 'This bundle is of another network than your trust file.', {
      net: head.net,
    })
  }

  async begin({ text }: Line): Promise<void> {
    this.#digest.update(`${text}\n`)
    try {
      this.#isDisputed = await verifyEvidence(this.#head, this.#registry)
    } catch (error) {
      this.#found(1, error)
    }
  }

  async see(page: readonly Line[]): Promise<void> {
    const read = page.map(line => this.#read(line))
    const verified = await Promise.all(
      read.map(line =>
        line === undefined || 'end' in line ? undefined : verifyWithEnvelope(textIn(line), this.#registry),
      ),
    )
    for (const [at, { number, text }] of page.entries()) {
      const line = read[at]
      if (this.#ended) this.#found(number, bundleInvalid('there is more after its end'))
      else if (line !== undefined && 'end' in line) this.#end(line.end, { number, text })
      this.#digest.update(`${text}\n`)
      const found = verified[at]
      if (line !== undefined && found !== undefined) this.#seeNotice(number, line, found)
    }
  }

  finish(): BundleReport {
    const report = this.#report
    const { notices, links } = this.#head
    this.#tried(1, () => this.#logs.finish())
    if (!this.#ended) this.#found(1, bundleInvalid('it is cut short: its end is missing'))
    if (this.#asked.size !== notices || this.#links !== links)
      this.#found(
        1,
        bundleInvalid(
          `it tells of ${notices} notices and ${links} links, and holds ${this.#asked.size} and ${this.#links}`,
        ),
      )
    report.valid = report.problems.length === 0
    return report
  }

  #read({ number, text }: Line): BundleLine | undefined {
    return this.#tried(number, () => {
      const line = parseBundleLine(text)
      if (bundleLineText(line) !== `${text}\n`) throw bundleInvalid('it is no line of a bundle')
      return line
    })
  }

  #end(digest: string, { number }: Line): void {
    this.#ended = true
    if (this.#digest.copy().digest('base64url') !== digest)
      this.#found(number, bundleInvalid('bytes before its end were changed'))
  }

  #seeNotice(
    number: number,
    line: BundleLine,
    { finding, envelope }: { finding: Finding; envelope?: Envelope },
  ): void {
    if ('link' in line) this.#links += 1
    if (!finding.valid) {
      const { code, message } = finding
      this.#tell({ line: number, ...(envelope && { id: envelope.id }), code, message })
    }
    if (envelope === undefined) return
    this.#tried(number, () => this.#logs.see(envelope), envelope.id)
    if (finding.valid) this.#seeAnswers(envelope)
    if (!('notice' in line)) return
    this.#asked.set(envelope.id, envelope.issuer)
    if (envelope.exercise) this.#report.exercises += 1
    if (finding.valid) this.#report.withheld += finding.parts.filter(({ given }) => !given).length
    if (this.#isDisputed(envelope)) this.#report.disputed.push(envelope.id)
  }

  /** An answer comes after what it answers, and by its envelope alone it is known what it does; not when disputed. */
  #seeAnswers(envelope: Envelope): void {
    const { type, refs, issuer } = envelope
    const rule = findNoticeType(type)?.answers
    if (rule?.status === undefined || this.#isDisputed(envelope)) return
    const told = this.#report[rule.status]
    for (const { id, rel } of refs) {
      const answered = this.#asked.get(id)
      if (rel !== rule.rel || answered === undefined || told.includes(id)) continue
      if (rule.from === 'anyone' || answered === issuer) told.push(id)
    }
  }

  #tried<Value>(number: number, attempt: () => Value, id?: string): Value | undefined {
    try {
      return attempt()
    } catch (error) {
      this.#found(number, error, id)
      return undefined
    }
  }

  #found(line: number, error: unknown, id?: string): void {
    if (!isError(error)) throw error
    const { code, message } = error
    this.#tell({ line, ...(id !== undefined && { id }), code, message })
  }

  #tell(problem: BundleProblem): void {
    if (this.#report.problems.length < problemsMost) this.#report.problems.push(problem)
  }
}

function textIn(line: Exclude<BundleLine, { end: string }>): string {
  return 'notice' in line ? line.notice : line.link
}

import {
  authorityOf,
  checkCommitted,
  checkFollows,
  type Envelope,
  type Frontier,
  type Head,
  isError,
  isObject,
  parseEnvelope,
  parseForkProof,
  parsePart,
  parseSignedText,
  publicKeyOf,
  type Registry,
  verifyEnvelope,
  verifyStop,
} from '#protocol'
import { parseHead } from '../store/heads.ts'
import { fieldOf, numberAtEnd } from '../store/keys.ts'
import { type LogEntry, noticeRowOf, parseEntry } from '../store/notice-row.ts'
import { backupInvalid } from './manifest.ts'
import type { Row } from './rows-text.ts'

/**
 * Verifies what a row claims to be signed, row by row in key order: every notice's signature, chain, place and parts;
 * proofs of forks and stops; heads against the logs. Throws `backup-invalid`.
 */
export class SignedRows {
  /** `<id>!<name>` of each part that was erased. */
  readonly erased = new Set<string>()
  readonly heads: Frontier = {}
  notices = 0
  readonly #registry: Registry
  /** Where each notice stands, until its own row is seen. */
  readonly #texts = new Map<string, string>()
  readonly #logs = new Map<string, Head>()
  #kept = 0
  /** What is looked at of each table; other rows are nobody's word but the node's own. */
  readonly #seers: Record<string, (key: string, value: string) => Promise<void> | void> = {
    erased: key => void this.erased.add(`${fieldOf(key, 1)}!${fieldOf(key, 2)}`),
    head: (key, value) => this.#seeHead(key, value),
    log: (key, value) => this.#seeInLog(key, value),
    notice: (key, value) => this.#seeNotice(key, value),
    void: (key, value) => this.#seeVoid(key, value),
    fork: (key, value) => this.#checked(`the proof ${key}`, () => this.#seeFork(value)),
    stop: (key, value) => this.#checked(`the stop ${key}`, () => this.#seeStop(value)),
  }

  constructor(registry: Registry) {
    this.#registry = registry
  }

  /** Signatures are checked side by side. */
  async see(page: readonly Row[]): Promise<void> {
    await Promise.all(page.map(async row => this.#seeRow(row)))
  }

  /** Once all rows were seen: no notice without its row, no log without its head. */
  finish(): void {
    if (this.#kept !== this.notices)
      throw backupInvalid(`it has ${this.notices} signed notices and rows for ${this.#kept}`)
    for (const [log, head] of this.#logs) {
      const [channel = '', issuer = ''] = log.split('!')
      const told = this.heads[channel]?.[issuer]
      if (told?.[0] !== head.seq || told[1] !== head.id)
        throw backupInvalid(`the head of ${issuer}'s log in ${channel} is not its last notice`)
    }
  }

  #seeRow([key, value]: Row): Promise<void> | void {
    return this.#seers[fieldOf(key, 0)]?.(key, value)
  }

  #seeHead(key: string, value: string): void {
    const channel = fieldOf(key, 1)
    const { seq, id } = parseHead(value)
    this.heads[channel] = { ...this.heads[channel], [fieldOf(key, 2)]: [seq, id] }
    this.#logs.set(`${channel}!${fieldOf(key, 2)}`, { seq: 0, id: '' })
  }

  #seeInLog(key: string, value: string): Promise<void> {
    const entry = parseEntry(value)
    return this.#checked(`notice ${entry.id}`, () => {
      const envelope = this.#envelopeOf(entry, key)
      const { channel, issuer, seq, id } = envelope
      const place = [channel, issuer, seq]
      if (place.some((field, at) => field !== [fieldOf(key, 1), fieldOf(key, 2), numberAtEnd(key)][at]))
        throw backupInvalid(`notice ${id} stands at another place than it says`)
      const log = `${channel}!${issuer}`
      const before = this.#logs.get(log)
      checkFollows(before?.seq === 0 ? undefined : before, envelope)
      this.#logs.set(log, { seq, id })
      return this.#verify(envelope)
    })
  }

  #seeVoid(key: string, value: string): Promise<void> {
    const entry = parseEntry(value)
    return this.#checked(`notice ${entry.id}`, () => this.#verify(this.#envelopeOf(entry, key)))
  }

  /** The text of void notices comes after their rows in key order: there only the number can be compared. */
  #seeNotice(key: string, value: string): void {
    const id = fieldOf(key, 1)
    const row = noticeRowOf(() => value, id)
    this.#kept += 1
    if (row === undefined || row.isVoid) return
    const place = this.#texts.get(id)
    this.#texts.delete(id)
    if (place !== `${row.channel}!${row.issuer}!${row.seq}`)
      throw backupInvalid(`the row of notice ${id} does not fit its text`)
  }

  /** The parts are those that were signed, and none was erased. */
  #envelopeOf({ id, jws, parts }: LogEntry, key: string): Envelope {
    const envelope = parseEnvelope(jws, { net: this.#registry.net })
    if (envelope.id !== id) throw backupInvalid(`the text of notice ${id} is that of another`)
    for (const { name, text } of parts) {
      checkCommitted(envelope, parsePart(text))
      if (this.erased.has(`${id}!${name}`)) throw backupInvalid(`notice ${id} holds a part that was erased`)
    }
    this.notices += 1
    if (fieldOf(key, 0) === 'log')
      this.#texts.set(id, `${envelope.channel}!${envelope.issuer}!${envelope.seq}`)
    return envelope
  }

  async #verify(envelope: Envelope): Promise<void> {
    authorityOf({ registry: this.#registry, ...envelope })
    await verifyEnvelope(envelope, await publicKeyOf(this.#registry, envelope.kid))
  }

  async #seeFork(value: string): Promise<void> {
    const proof = parseForkProof(textIn(value), { net: this.#registry.net })
    await Promise.all([this.#verify(proof.a), this.#verify(proof.b)])
  }

  async #seeStop(value: string): Promise<void> {
    await verifyStop(this.#registry, parseSignedText(textIn(value)))
  }

  async #checked(what: string, check: () => Promise<void>): Promise<void> {
    try {
      await check()
    } catch (error) {
      if (isError(error, 'backup-invalid')) throw error
      if (!isError(error) && !(error instanceof SyntaxError)) throw error
      throw backupInvalid(
        `${what} is not as it was signed (${isError(error) ? error.code : 'no JSON'})`,
        error,
      )
    }
  }
}

/** A proof or stop as it travelled. */
function textIn(value: string): string {
  const stored: unknown = JSON.parse(value)
  return isObject(stored) && typeof stored.text === 'string' ? stored.text : ''
}

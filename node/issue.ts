import {
  type Draft,
  expiryOf,
  FocalpointError,
  limits,
  nextNotice,
  noticeIdOf,
  noticeText,
  type Registry,
  signEnvelope,
} from '#protocol'
import type { KeptNotice } from './admission.ts'
import type { SigningGuard } from './guard.ts'
import type { LastSigned, LastSignedFiles } from './last-signed.ts'
import type { KeyInUse } from './signing-keys.ts'
import { isIssuingOver } from './silenced.ts'
import type { Operation, Store } from './store/index.ts'

// Safe to crash after each step: build → sign → verify our own bytes again → one synced batch with all that belongs to
// the notice → `last-signed` → answer the caller → publish from the outbox.

export interface IssuerOptions {
  member: string
  store: Store
  /** The signing key whose turn it is at this place; throws where there is none. */
  keyAt: (channel: string, seq: number) => Promise<KeyInUse>
  registry: () => Registry
  guard: SigningGuard
  files: LastSignedFiles
  admit: (text: string, extra: readonly Operation[]) => Promise<KeptNotice>
  salt: () => string
  now: () => number
  /** Seconds that our clock differs from the median of our peers', or undefined when nobody was heard. */
  clockDifference: () => number | undefined
  onIssued: (notice: KeptNotice) => void
}

/** Makes drafts into this participant's next notices, one at a time. */
export class Issuer {
  readonly #options: IssuerOptions
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: IssuerOptions) {
    this.#options = options
  }

  /** Signs and admits; `extraOf` gives what must be written in the same batch. Throws `recovering`, `clock-off`, … */
  issue(
    draft: Draft,
    channel: string,
    extraOf: (id: string) => readonly Operation[] = () => [],
  ): Promise<KeptNotice> {
    const issued = this.#last.then(() => this.#issueNow(draft, channel, extraOf))
    this.#last = issued.catch(() => {})
    return issued
  }

  async #issueNow(
    draft: Draft,
    channel: string,
    extraOf: (id: string) => readonly Operation[],
  ): Promise<KeptNotice> {
    const { member, store, keyAt, registry, guard, admit, salt, now, onIssued } = this.#options
    this.#checkNotExpired()
    guard.checkMaySign(channel)
    await this.#checkRecordFits(channel)
    this.#checkClock(channel)
    const head = store.notices.head(channel, member)
    const { kid, key } = await keyAt(channel, (head?.seq ?? 0) + 1)
    const { members, net } = registry()
    const { payload, parts } = nextNotice(draft, {
      issuer: member,
      channel,
      head,
      iat: now(),
      members: members.version,
      salt,
    })
    const jws = await signEnvelope(payload, { kid, net, key })
    const id = noticeIdOf(jws)
    const kept = await admit(noticeText({ envelope: { jws }, parts }), [
      ...extraOf(id),
      ...store.outbox.putOps({
        id,
        channel,
        seq: payload.seq,
        state: 'waiting',
        since: now(),
        readers: draft.readers ?? [],
      }),
    ])
    await this.#record(channel)
    onIssued(kept)
    return kept
  }

  /** A record that a crash or a full disk left behind is mended before the next signature, never after it. */
  async #checkRecordFits(channel: string): Promise<void> {
    const record = await this.#options.files.read(channel)
    const head = this.#options.store.notices.head(channel, this.#options.member)
    if (record?.seq !== (head?.seq ?? 0)) await this.#record(channel)
  }

  #record(channel: string): Promise<void> {
    const { files, store, member } = this.#options
    return files.replace(channel, () => lastSignedRecord(store, channel, member))
  }

  #checkClock(channel: string): void {
    const { store, member, now, clockDifference } = this.#options
    const head = store.notices.head(channel, member)
    const lastIat = head === undefined ? 0 : (store.notices.find(head.id)?.envelope.iat ?? 0)
    const seconds = now() < lastIat ? now() - lastIat : (clockDifference() ?? 0)
    if (now() >= lastIat && Math.abs(seconds) <= limits.clockToleranceSeconds) return
    throw new FocalpointError(
      'clock-off',
      `The clock of this machine differs by ${Math.abs(seconds)} seconds from its peers or from its own last notice. Set it right before issuing.`,
      { seconds },
    )
  }

  #checkNotExpired(): void {
    const { registry, now } = this.#options
    if (isIssuingOver(registry(), now())) {
      throw new FocalpointError(
        'registry-expired',
        'The registry has expired more than 30 days ago; ask the coordinators for the new one.',
        {
          expires: new Date(expiryOf(registry()) * 1000).toISOString(),
        },
      )
    }
  }
}

/** The record that fits the head of our own log. */
export function lastSignedRecord(store: Store, channel: string, member: string): LastSigned {
  const head = store.notices.head(channel, member)
  const kept = head && store.notices.find(head.id)
  return kept === undefined
    ? { seq: 0, id: null, notice: null }
    : { seq: kept.envelope.seq, id: kept.envelope.id, notice: noticeText(kept) }
}

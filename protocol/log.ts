import type { JsonObject } from './canonical.ts'
import type { Draft } from './draft.ts'
import type { Envelope, Payload, SignedPartRule } from './envelope.ts'
import { FocalpointError } from './errors.ts'
import { makePart, type Part } from './parts.ts'

/** The last notice of a log. */
export interface Head {
  seq: number
  id: string
}

/** The type that the envelope shows when no part is for the channel: the log does not tell who asked whom. */
export const sealedType = 'sealed'

/**
 * The issuer's next notice as a value, not yet signed: its payload and parts. `salts` gives 16 fresh random bytes in
 * base64url for each part.
 */
export function nextNotice(
  draft: Draft,
  log: {
    issuer: string
    channel: string
    head: Head | undefined
    iat: number
    members: number
    salt: () => string
  },
): { payload: Payload; parts: Part[] } {
  const isSealed = Object.values(draft.parts).every(rule => rule.to !== 'channel')
  const parts = contentOf(draft, isSealed).map(([name, value]) => makePart(name, value, log.salt()))
  const rules: Draft['parts'] = { ...draft.parts, ...(draft.readers && { readers: { to: 'named' } }) }
  const refs = isSealed ? [] : (draft.refs ?? [])
  const payload: Payload = {
    _sd: parts.map(part => part.digest).sort(),
    _sd_alg: 'sha-256',
    channel: log.channel,
    ...(draft.exercise === true && { exercise: true }),
    iat: log.iat,
    iss: log.issuer,
    members: log.members,
    parts: Object.fromEntries(parts.map(part => [part.name, signedRule(part, rules)])),
    prev: log.head?.id ?? null,
    ...(refs.length > 0 && { refs }),
    seq: (log.head?.seq ?? 0) + 1,
    type: isSealed ? sealedType : draft.type,
    v: 1,
  }
  return { payload, parts }
}

function signedRule({ name, digest }: Part, rules: Draft['parts']): SignedPartRule {
  return { digest, ...(rules[name] ?? { to: 'named' }) }
}

/** Name and value of each part. A sealed notice holds its true type and references inside its body. */
function contentOf(draft: Draft, isSealed: boolean): [string, JsonObject | string[]][] {
  const sealed: JsonObject = {
    type: draft.type,
    body: draft.body,
    ...(draft.refs && { refs: draft.refs.map(ref => ({ ...ref })) }),
  }
  const content: [string, JsonObject | string[]][] = [['body', isSealed ? sealed : draft.body]]
  if (draft.nominal) content.push(['nominal', draft.nominal])
  if (draft.readers) content.push(['readers', draft.readers])
  return content
}

/**
 * Checks that an envelope is the log's next. Throws `gap` when places between are missing, `fork` when its place is
 * taken, `chain-broken` when it names another notice before it than ours: both of these prove a fork.
 */
export function checkFollows(head: Head | undefined, envelope: Envelope): void {
  const { issuer, channel, seq } = envelope
  const last = head?.seq ?? 0
  if (seq > last + 1) {
    throw new FocalpointError('gap', `Places ${last + 1} to ${seq - 1} of this log are missing.`, {
      issuer,
      channel,
      seq,
      head: last,
    })
  }
  if (seq <= last) {
    throw new FocalpointError('fork', `Place ${seq} of this log is taken by another notice.`, {
      issuer,
      channel,
      seq,
    })
  }
  if (envelope.prev !== (head?.id ?? null)) {
    throw new FocalpointError('chain-broken', `This notice follows another than our place ${last}.`, {
      issuer,
      channel,
      seq,
    })
  }
}

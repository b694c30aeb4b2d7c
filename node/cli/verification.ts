import {
  authorityOf,
  claimedInstant,
  type Envelope,
  FocalpointError,
  findMember,
  findNoticeType,
  isError,
  isGateCode,
  isObject,
  isVoid,
  type JsonObject,
  type Notice,
  parseNotice,
  partNames,
  publicKeyOf,
  type Registry,
  verdicts,
  verifyEnvelope,
} from '#protocol'

/** One part of a verified notice: withheld parts were not in the text, and their absence breaks nothing. */
export interface VerifiedPart {
  name: string
  to: string
  until?: string
  given: boolean
}

/** What a text proves by itself. */
export interface Verified {
  valid: true
  id: string
  issuer: string
  issuerName: string
  channel: string
  seq: number
  type: string
  label: string
  summary?: string
  /** ISO 8601, as the issuer claims. */
  issuedAt: string
  exercise: boolean
  kid: string
  standing: 'verified' | 'key since retired'
  parts: VerifiedPart[]
  body?: JsonObject
  /** What the text alone cannot tell. */
  notes: string[]
}

export interface Refused {
  valid: false
  /** Its id where it could be read so far. */
  id?: string
  code: FocalpointError['code']
  message: string
  notes: string[]
}

export type Finding = Verified | Refused

/** Verifies one text with nothing but the registry: no node, no network, no log. */
export async function verifyText(text: string, registry: Registry): Promise<Finding> {
  return (await verifyWithEnvelope(text, registry)).finding
}

/** The same, with the envelope as far as it could be read. */
export async function verifyWithEnvelope(
  text: string,
  registry: Registry,
): Promise<{ finding: Finding; envelope?: Envelope }> {
  let envelope: Envelope | undefined
  try {
    const notice = parseNotice(text, { net: registry.net })
    envelope = notice.envelope
    const publicKey = await publicKeyOf(registry, envelope.kid)
    await verifyEnvelope(envelope, publicKey)
    const authority = checkAuthority(envelope, registry)
    const [dropped] = notice.dropped
    if (dropped) throw changedPart(dropped)
    return { finding: verified(notice, { registry, retired: authority.retired }), envelope }
  } catch (error) {
    if (!isError(error)) throw error
    const told = envelope && { id: envelope.id }
    return { finding: { valid: false, ...told, ...refusal(error, registry) }, ...(envelope && { envelope }) }
  }
}

/** Throws `key-of-another`, `no-authority`, `notice-void`; where a key has ended, only the log knows the rest. */
function checkAuthority(envelope: Envelope, registry: Registry): { retired: boolean } {
  const { id, kid, issuer, channel, seq } = envelope
  const authority = authorityOf({ registry, kid, issuer, channel })
  if (isVoid({ authority, seq, id, onEndChain: () => true })) {
    throw new FocalpointError(
      'notice-void',
      `Void: place ${seq} in ${channel} lies outside of what this key of ${issuer} may sign.`,
      { id, kid },
    )
  }
  return { retired: authority.end !== undefined }
}

function changedPart({ code, details, cause }: FocalpointError): FocalpointError {
  return new FocalpointError(code, 'A part of this text is not the one that was signed.', details, { cause })
}

function verified(
  { envelope, parts }: Notice,
  { registry, retired }: { registry: Registry; retired: boolean },
): Verified {
  const { id, issuer, channel, seq, exercise, kid } = envelope
  const body = parts.find(part => part.name === 'body')?.value
  const shown = body !== undefined && isObject(body) ? body : undefined
  const type = findNoticeType(envelope.type)
  const summary = type && shown && summaryOf(type, shown)
  return {
    valid: true,
    id,
    issuer,
    issuerName: findMember(registry, issuer)?.names.en ?? issuer,
    channel,
    seq,
    type: envelope.type,
    label: type?.label ?? envelope.type,
    ...(summary !== undefined && { summary }),
    issuedAt: claimedInstant(envelope.iat),
    exercise,
    kid,
    standing: retired ? 'key since retired' : 'verified',
    parts: partNames(envelope).map(name => partOf(name, { envelope, parts })),
    ...(shown && { body: shown }),
    notes: notesOf({ envelope, retired }),
  }
}

function summaryOf(
  type: NonNullable<ReturnType<typeof findNoticeType>>,
  body: JsonObject,
): string | undefined {
  const parsed = type.body.safeParse(body)
  return parsed.success ? type.summary(parsed.data) : undefined
}

function partOf(name: string, { envelope, parts }: Notice): VerifiedPart {
  const rule = envelope.parts[name]
  return {
    name,
    to: rule?.to ?? 'named',
    ...(rule?.until !== undefined && { until: rule.until }),
    given: parts.some(part => part.name === name),
  }
}

function notesOf({ envelope, retired }: { envelope: Envelope; retired: boolean }): string[] {
  const always =
    'Whether it was withdrawn, corrected or disputed since then stands in the log, not in this text: ask a node.'
  if (!retired) return [always]
  return [
    `Its key has an end in ${envelope.channel}, and place ${envelope.seq} is not beyond it. Whether the notice is on the chain that ends there, or void, only the log can tell: ask a node.`,
    always,
  ]
}

/** What people must know first, then the detail; where the key is not known nobody can say more. */
function refusal(error: FocalpointError, { members }: Registry): Pick<Refused, 'code' | 'message' | 'notes'> {
  const { code, message } = error
  if (isError(error, 'key-unknown')) {
    return {
      code,
      message: `This cannot be checked with this trust.json (members document ${members.version}): a newer one may hold the key.`,
      notes: [`key        ${error.details.kid}`, 'Without it nothing can be said of who wrote this.'],
    }
  }
  return { code, message: isDamage(code) ? `${damaged}. ${message}` : message, notes: [] }
}

const damaged = 'Changed after signing, or damaged on the way'

/** Every honest node would refuse it; a notice of another network is whole, only not for this trust.json. */
function isDamage(code: FocalpointError['code']): boolean {
  return isGateCode(code) && verdicts[code] === 'reject' && code !== 'net-differs'
}

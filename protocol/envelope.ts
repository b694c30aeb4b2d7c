import { CompactSign } from 'jose'
import { z } from 'zod'
import { decodeText } from './base64url.ts'
import { canonical, isObject, type JsonObject, parseCanonical } from './canonical.ts'
import { isCalendarDate } from './dates.ts'
import type { PartRule, Ref } from './draft.ts'
import { FocalpointError } from './errors.ts'
import { limits } from './limits.ts'
import { patterns } from './patterns.ts'
import { sha256 } from './sha256.ts'
import { isSignedBy } from './signature.ts'

/** The signed text of a notice and what it says: all that everyone in its channel may see for ever. */
export interface Envelope {
  /** base64url(SHA-256(signing input)): never of the signature, so one notice has one id. */
  id: string
  /** RFC 7638 thumbprint of the key it claims. */
  kid: string
  net: string
  v: number
  issuer: string
  channel: string
  /** Place in the issuer's log of this channel, from 1. */
  seq: number
  /** Id of the notice before; null at place 1. */
  prev: string | null
  /** Seconds since 1970, as claimed; never a reason to hold or refuse. */
  iat: number
  type: string
  refs: readonly CarriedRef[]
  parts: { readonly [name: string]: CarriedPartRule }
  exercise: boolean
  /** Version of the members document that the issuer saw. */
  members: number
  /** The compact JWS itself. */
  jws: string
}

/** As `Ref` and `PartRule`, but of a later version's vocabulary too: unknown values are carried, never refused. */
export interface CarriedRef {
  id: string
  rel: Ref['rel'] | (string & {})
}
export interface CarriedPartRule {
  /** base64url(SHA-256(disclosure)), which stands in `_sd` too: without it one id could have two bodies. */
  digest: string
  to: PartRule['to'] | (string & {})
  until?: string | undefined
}

declare const verified: unique symbol
/** An envelope whose signature was checked; only `verifyEnvelope` makes it. */
export type VerifiedEnvelope = Envelope & { readonly [verified]: true }

/** A part's rule with the digest of what it is for. */
export type SignedPartRule = PartRule & { digest: string }

/** What an issuer signs: exactly the members of version 1, in the order of JCS. */
export interface Payload {
  _sd: string[]
  _sd_alg: 'sha-256'
  channel: string
  exercise?: true
  iat: number
  iss: string
  members: number
  parts: { [name: string]: SignedPartRule }
  prev: string | null
  refs?: Ref[]
  seq: number
  type: string
  v: 1
}

export const noticeTyp = 'notice+sd-jwt'
const headerPattern =
  /^\{"alg":"Ed25519","kid":"([A-Za-z0-9_-]{43})","net":"([a-z2-7]{52})","typ":"notice\+sd-jwt"\}$/
/** 64 bytes in base64url: the last of 86 characters carries two bits, so only A, Q, g and w can stand there. */
const compactPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]$/

const digests = z
  .array(z.string().regex(patterns.digest))
  .min(1)
  .max(limits.partsPerNotice)
  .refine(
    all => all.every((digest, at) => at === 0 || (all[at - 1] ?? '') < digest),
    'is not sorted and unique',
  )

/** What means the same in every future version. */
const everyVersion = {
  _sd: digests,
  _sd_alg: z.literal('sha-256'),
  channel: z.string().regex(patterns.name),
  iat: z.int().min(0),
  iss: z.string().regex(patterns.member),
  parts: z.record(
    z.string().regex(patterns.name),
    z.strictObject({
      digest: z.string().regex(patterns.digest),
      to: z.string().regex(patterns.name),
      until: z.string().refine(isCalendarDate, 'is no calendar date').optional(),
    }),
  ),
  prev: z.string().regex(patterns.digest).nullable(),
  seq: z.int().min(1),
}

const version1 = z.strictObject({
  ...everyVersion,
  exercise: z.literal(true).optional(),
  members: z.int().min(1),
  refs: z
    .array(z.strictObject({ id: z.string().regex(patterns.digest), rel: z.string().regex(patterns.name) }))
    .min(1)
    .max(limits.refsPerNotice)
    .optional(),
  type: z.string().regex(patterns.name),
  v: z.literal(1),
})

const laterVersion = z.looseObject({
  ...everyVersion,
  parts: z.record(
    z.string().regex(patterns.name),
    z.looseObject({
      digest: z.string().regex(patterns.digest),
      to: z.string(),
      until: z.string().refine(isCalendarDate, 'is no calendar date').optional(),
    }),
  ),
  v: z.int().min(2),
})

/** Names that RFC 9901 (sections 4.2.1 and 7.1) keeps a disclosure from taking: they stand in the payload already. */
const takenNames = new Set([...Object.keys(version1.shape)])

/**
 * Reads an envelope from bytes of a stranger. Everything here is judged by the bytes alone, so that every honest node
 * comes to the same end. Throws `notice-too-large`, `text-not-canonical`, `header-not-exact`, `net-differs`,
 * `payload-too-deep`, `payload-not-canonical`, `payload-malformed`.
 */
export function parseEnvelope(jws: string, { net }: { net: string }): Envelope {
  checkEnvelopeSize(jws)
  checkCompactForm(jws)
  const [headerPart = '', payloadPart = ''] = jws.split('.')
  const header = parseHeader(decodeText(headerPart))
  if (header.net !== net) {
    throw new FocalpointError('net-differs', 'This notice belongs to another network.', { net: header.net })
  }
  const payload = parsePayload(parseCanonical(decodeText(payloadPart)))
  return { ...payload, ...header, id: noticeIdOf(jws), jws }
}

/** base64url(SHA-256(signing input)): the ASCII `header.payload`, never the signature. */
export function noticeIdOf(jws: string): string {
  return sha256(jws.slice(0, jws.lastIndexOf('.')))
}

function checkEnvelopeSize(jws: string): void {
  if (jws.length <= limits.envelopeBytes) return
  throw new FocalpointError('notice-too-large', `An envelope has at most ${limits.envelopeBytes} bytes.`, {
    bytes: jws.length,
    limit: limits.envelopeBytes,
  })
}

function checkCompactForm(jws: string): void {
  if (compactPattern.test(jws)) return
  throw new FocalpointError('text-not-canonical', 'This is not the one text of a compact JWS.', {
    what: 'jws',
  })
}

function parseHeader(text: string): { kid: string; net: string } {
  const [, kid, net] = headerPattern.exec(text) ?? []
  if (kid !== undefined && net !== undefined && patterns.digest.test(kid)) return { kid, net }
  throw new FocalpointError(
    'header-not-exact',
    'The header of this notice is not exactly the one that is allowed.',
    {
      what: text.slice(0, 200),
    },
  )
}

type PayloadFields = Omit<Envelope, 'id' | 'kid' | 'net' | 'jws'>

function parsePayload(value: unknown): PayloadFields {
  const isLater = isObject(value) && typeof value.v === 'number' && value.v > 1
  const parsed = (isLater ? laterVersion : version1).safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw malformed(`/${issue?.path.join('/') ?? ''}`, issue?.message ?? 'malformed')
  }
  const { _sd, _sd_alg: _, iss, ...rest } = parsed.data
  checkChainStart(rest)
  checkPartNames(value)
  checkDigests(_sd, rest.parts)
  const known =
    'members' in rest && rest.v === 1 ? version1Fields(parsed.data as z.infer<typeof version1>) : {}
  return {
    v: rest.v,
    issuer: iss,
    channel: rest.channel,
    seq: rest.seq,
    prev: rest.prev,
    iat: rest.iat,
    parts: rest.parts,
    type: typeof rest.type === 'string' && patterns.name.test(rest.type) ? rest.type : 'unknown',
    refs: [],
    exercise: false,
    members: 0,
    ...known,
  }
}

function version1Fields({ exercise, members, refs = [] }: z.infer<typeof version1>): Partial<PayloadFields> {
  return { exercise: exercise === true, members, refs }
}

function checkChainStart({ seq, prev }: { seq: number; prev: string | null }): void {
  if ((seq === 1) !== (prev === null)) throw malformed('/prev', 'is null at place 1, and only there')
}

/** Names are taken from the value as it came: a form of zod passes over `__proto__`, which other readers would see. */
function checkPartNames(value: unknown): void {
  const names = isObject(value) && isObject(value.parts) ? Object.keys(value.parts) : []
  for (const name of names) {
    if (!patterns.name.test(name)) throw malformed(`/parts/${name}`, 'is no name of a part')
    if (takenNames.has(name)) throw malformed(`/parts/${name}`, 'is a name of the envelope')
  }
}

/** RFC 9901 binds no digest to a name: two disclosures could claim one, and each be true. Here each name has its own. */
function checkDigests(digests: readonly string[], parts: PayloadFields['parts']): void {
  const ofParts = Object.values(parts)
    .map(({ digest }) => digest)
    .sort()
  const isSame = digests.length === ofParts.length && digests.every((digest, at) => digest === ofParts[at])
  if (!isSame) throw malformed('/_sd', 'holds the digests of the parts, sorted, and no other')
}

function malformed(pointer: string, what: string): FocalpointError<'payload-malformed'> {
  return new FocalpointError('payload-malformed', `The envelope's ${pointer} ${what}.`, { pointer, what })
}

/** Signs a payload. The key's algorithm is Ed25519 (RFC 9864); `kid` is its RFC 7638 thumbprint. */
export async function signEnvelope(
  payload: Payload,
  { kid, net, key }: { kid: string; net: string; key: CryptoKey },
): Promise<string> {
  return new CompactSign(encoder.encode(canonical(payload)))
    .setProtectedHeader({ alg: 'Ed25519', kid, net, typ: noticeTyp })
    .sign(key)
}

/** Checks the signature with the registry's key for this `kid`, never with anything the text brings. Throws `signature-invalid`. */
export async function verifyEnvelope(envelope: Envelope, publicKey: CryptoKey): Promise<VerifiedEnvelope> {
  const dot = envelope.jws.lastIndexOf('.')
  const signed = await isSignedBy(publicKey, envelope.jws.slice(dot + 1), envelope.jws.slice(0, dot))
  if (!signed) {
    throw new FocalpointError(
      'signature-invalid',
      'The signature does not fit this text and the key it names.',
      { id: envelope.id },
    )
  }
  return envelope as VerifiedEnvelope
}

const encoder = new TextEncoder()

/** The payload as JSON, for people who check by hand. */
export function payloadOf(envelope: Envelope): JsonObject {
  return parseCanonical(decodeText(envelope.jws.split('.')[1] ?? '')) as JsonObject
}

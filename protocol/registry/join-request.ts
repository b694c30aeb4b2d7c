import { z } from 'zod'
import { canonical } from '../canonical.ts'
import { FocalpointError, isError } from '../errors.ts'
import { limits } from '../limits.ts'
import { findMember } from './authority.ts'
import { parseDocument, repeatedIn } from './document.ts'
import { type PrivateJwk, type PublicJwk, registeredKey, thumbprint } from './keys.ts'
import {
  channelName,
  contact,
  kidsOf,
  type Member,
  memberId,
  memberKind,
  memberNames,
  memberNode,
  reused,
} from './members.ts'
import { jwkOfPeerId, kidOfPeerId } from './peer-id.ts'
import type { Registry } from './registry.ts'
import {
  kidOfSignature,
  parseSignedDocument,
  type SignedDocument,
  signDocument,
  verifySignature,
} from './signatures.ts'

const shape = z.strictObject({
  /** Null in a request to found a network: its name is not known before its first root. */
  net: z
    .string()
    .regex(/^[a-z2-7]{52}$/)
    .nullable(),
  /** To be listed and to speak; to speak with a new key; to speak in other channels or be reached elsewhere. */
  purpose: z.enum(['join', 'key', 'channels']),
  member: memberId,
  names: memberNames,
  kind: memberKind,
  channels: z.array(channelName).min(1),
  nodes: z.array(memberNode).min(1),
  signing: registeredKey,
  recovery: registeredKey,
  contacts: z.array(contact),
  /** Seconds since 1970, as claimed. */
  iat: z.int().min(0),
})

/** What a member asks of the coordinators, as it wishes to stand in the members document. */
export type JoinRequest = z.infer<typeof shape>

export interface VerifiedJoinRequest {
  request: JoinRequest
  /** The signed text: its safety number is read over the telephone. */
  document: string
  /** The key that proves, for a member already active, that the request is its own. */
  by: 'the new keys' | 'signing' | 'recovery'
}

/** A request with one signature of each of these keys: which ones it needs, `verifyJoinRequest` says. */
export async function signJoinRequest({
  request,
  keys,
}: {
  request: JoinRequest
  keys: readonly PrivateJwk[]
}): Promise<SignedDocument> {
  const document = canonical(parseJoinRequest(canonical(request)))
  const signatures = await Promise.all(keys.map(key => signDocument({ document, typ: 'join+jws', key })))
  return { document, signatures }
}

/** A request from its JCS text; says nothing of who signed it. */
export function parseJoinRequest(text: string): JoinRequest {
  const request = parseForm(text)
  if (repeatedIn(request.channels) !== undefined) throw malformed('/channels', 'names a channel twice')
  const kid = repeatedIn([request.signing.kid, request.recovery.kid, ...request.nodes.map(nodeKid)])
  if (kid !== undefined) throw reused(kid)
  return request
}

/**
 * A request from outside, if every key that is new in it signed it, and, for a member already active, one of its keys
 * in force: its signing key, or its recovery key where the signing key is lost. Without a registry: to found a network.
 */
export async function verifyJoinRequest(
  signed: unknown,
  registry: Registry | undefined,
): Promise<VerifiedJoinRequest> {
  const { document, signatures } = parseSignedDocument(signed)
  const request = parseJoinRequest(document)
  checkNet(request, registry)
  const standing = registry && findMember(registry, request.member)
  const { needed, vouching } = signersOf(request, standing, registry)
  const kids = await verifyAll({ document, signatures, known: [...needed, ...vouching] })
  for (const { kid, use } of needed) if (!kids.includes(kid)) throw notProven(kid, use)
  const voucher = vouching.find(({ kid }) => kids.includes(kid))
  if (vouching.length > 0 && voucher === undefined) throw notProven(request.signing.kid, 'a key in force')
  checkRecovery({ request, standing, voucher })
  return { request, document, by: byOf(request, voucher) }
}

interface Signer {
  kid: string
  jwk: PublicJwk
  use: 'node' | 'signing' | 'recovery'
}

interface Signers {
  /** Each of them must sign. */
  needed: Signer[]
  /** One of them must sign, where there are any. */
  vouching: Signer[]
}

function signersOf(
  request: JoinRequest,
  standing: Member | undefined,
  registry: Registry | undefined,
): Signers {
  const signing: Signer = { ...request.signing, use: 'signing' }
  if (request.purpose === 'join') {
    if (standing?.status === 'active') throw alreadyActive(request.member)
    checkNotEnded(signing.kid, standing)
    checkNew([signing.kid], registry)
    checkNew([request.recovery.kid, ...request.nodes.map(nodeKid)].filter(isOfAnother(standing)), registry)
    return { needed: [signing, ...request.nodes.map(nodeSigner)], vouching: [] }
  }
  if (standing?.status !== 'active') throw notActive(request.member)
  const isNew = isOfAnother(standing)
  const newNodes = request.nodes.filter(node => isNew(nodeKid(node)))
  checkNew([request.recovery.kid, ...newNodes.map(nodeKid)].filter(isNew), registry)
  const open = standing.signing.filter(({ end }) => end === undefined)
  const needed = [signing, ...newNodes.map(nodeSigner)]
  if (request.purpose === 'channels') {
    if (!open.some(({ kid }) => kid === signing.kid)) throw notProven(signing.kid, 'a signing key in force')
    return { needed, vouching: [] }
  }
  checkNew([signing.kid], registry)
  const vouching: Signer[] = [
    ...open.map(({ kid, jwk }) => ({ kid, jwk, use: 'signing' as const })),
    ...standing.recovery.map(({ kid, jwk }) => ({ kid, jwk, use: 'recovery' as const })),
  ]
  return { needed, vouching }
}

/** The signers' kids: each signature is checked by itself, and none may be of another key or of one key twice. */
async function verifyAll({
  document,
  signatures,
  known,
}: SignedDocument & { known: readonly Signer[] }): Promise<string[]> {
  const kids: string[] = []
  for (const signature of signatures) {
    const kid = kidOfSignature(signature, 'join+jws')
    const signer = known.find(each => each.kid === kid)
    if (signer === undefined) throw unknownSigner(kid)
    if (kids.includes(kid)) throw signedTwice(kid)
    await verifySignature({ document, signature, kid, jwk: signer.jwk })
    kids.push(kid)
  }
  return kids
}

/** Who holds a stolen signing key may not take the recovery key away from its owner. */
function checkRecovery({
  request: { purpose, recovery },
  standing,
  voucher,
}: {
  request: JoinRequest
  standing: Member | undefined
  voucher: Signer | undefined
}): void {
  if (purpose === 'join' || standing?.recovery.some(({ kid }) => kid === recovery.kid)) return
  if (voucher?.use !== 'recovery') throw notProven(recovery.kid, 'a recovery key in force')
}

function byOf({ purpose }: JoinRequest, voucher: Signer | undefined): VerifiedJoinRequest['by'] {
  if (purpose === 'join') return 'the new keys'
  return voucher?.use === 'recovery' ? 'recovery' : 'signing'
}

function checkNet({ net }: JoinRequest, registry: Registry | undefined): void {
  if (net === (registry?.net ?? null)) return
  throw new FocalpointError(
    'net-differs',
    net === null
      ? 'This request is to found a network, not to join this one: make it again with the trust file of this network.'
      : 'This request is to join another network.',
    { net: net ?? '' },
  )
}

function checkNew(kids: readonly string[], registry: Registry | undefined): void {
  const listed = registry === undefined ? [] : kidsOf(registry.members)
  const kid = kids.find(each => listed.includes(each))
  if (kid !== undefined) throw reused(kid)
}

/** A key speaks once, from its first place to its end: who comes back does so with a new one. */
function checkNotEnded(kid: string, standing: Member | undefined): void {
  if (standing?.signing.some(key => key.kid === kid) !== true) return
  throw new FocalpointError(
    'members-key-reused',
    `Key ${kid} was used before and ended: come back with a new signing key (focalpoint keys rotate, or init).`,
    { kid },
  )
}

/** Who comes back may keep its node and recovery keys; it never signs with an old key again. */
function isOfAnother(standing: Member | undefined): (kid: string) => boolean {
  const own = standing ? [...standing.recovery.map(({ kid }) => kid), ...standing.nodes.map(nodeKid)] : []
  return kid => !own.includes(kid)
}

function nodeKid({ peerId }: JoinRequest['nodes'][number]): string {
  return kidOfPeerId(peerId) ?? ''
}

function nodeSigner({ peerId }: JoinRequest['nodes'][number]): Signer {
  const jwk = jwkOfPeerId(peerId)
  if (jwk === undefined) throw malformed('/nodes', 'has a peer id of no Ed25519 key')
  return { kid: thumbprint(jwk), jwk, use: 'node' }
}

function parseForm(text: string): JoinRequest {
  try {
    return parseDocument({ document: 'join', text, shape, limit: limits.joinRequestBytes })
  } catch (cause) {
    if (!isError(cause)) throw cause
    throw isError(cause, 'document-malformed')
      ? malformed(cause.details.pointer, cause.details.what, cause)
      : malformed('', cause.message, cause)
  }
}

function malformed(
  pointer: string,
  what: string,
  cause?: unknown,
): FocalpointError<'join-request-malformed'> {
  const where = pointer === '' ? '' : ` at ${pointer}`
  return new FocalpointError(
    'join-request-malformed',
    `This join request cannot be read${where}: ${what}. Ask the applicant to make it again.`,
    { pointer, what },
    { cause },
  )
}

function notProven(kid: string, use: string): FocalpointError<'join-request-not-proven'> {
  return new FocalpointError(
    'join-request-not-proven',
    `The request lacks the signature that proves possession of key ${kid} (${use}). Ask the applicant to make it again.`,
    { kid, use },
  )
}

function unknownSigner(kid: string): FocalpointError<'join-request-signer-unknown'> {
  return new FocalpointError(
    'join-request-signer-unknown',
    `Key ${kid} signed this request, which is none of its business: ask the applicant to make the request again.`,
    { kid },
  )
}

function signedTwice(kid: string): FocalpointError<'signature-repeated'> {
  return new FocalpointError('signature-repeated', `Key ${kid} signed this request twice.`, { kid })
}

export function alreadyActive(member: string): FocalpointError<'member-active'> {
  return new FocalpointError(
    'member-active',
    `${member} is an active participant already: for a new key, ask with the purpose "key"; for channels, "channels".`,
    { member },
  )
}

export function notActive(member: string): FocalpointError<'member-not-active'> {
  return new FocalpointError('member-not-active', `${member} is no active participant in this registry.`, {
    member,
  })
}

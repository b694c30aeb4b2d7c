import { CompactSign } from 'jose'
import { z } from 'zod'
import { decodeText } from './base64url.ts'
import { canonical, parseCanonical } from './canonical.ts'
import { FocalpointError } from './errors.ts'
import { frontierForm } from './frontier.ts'
import { limits } from './limits.ts'
import { patterns } from './patterns.ts'
import { isSignedBy } from './signature.ts'

/** What a node says of itself every 30 s or so: from these come health and "held by 57 of 60". */
const beaconForm = z.strictObject({
  v: z.literal(1),
  member: z.string().regex(patterns.member),
  /** Strictly increasing for each node: an older beacon replayed is ignored. */
  n: z.int().min(1),
  /** Seconds since 1970 by the node's own clock: time witnessed by many. */
  iat: z.int().min(0),
  /** All heads of the channels with a topic, or only those that moved since the last beacon. */
  heads: frontierForm,
  full: z.boolean(),
  software: z.string().max(40),
  root: z.int().min(1),
  members: z.int().min(1),
  peers: z.int().min(0),
  storeBytes: z.int().min(0),
  /** How long the slowest of the node's own loops was last kept waiting. */
  lagMs: z.int().min(0),
})
export type Beacon = z.infer<typeof beaconForm>

const headerPattern =
  /^\{"alg":"Ed25519","kid":"([A-Za-z0-9_-]{43})","net":"([a-z2-7]{52})","typ":"beacon\+jws"\}$/
const compact = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]{85}[AQgw]$/

/** Signs a beacon with the node key (not the signing key: a beacon says nothing for the State). */
export async function signBeacon(
  beacon: Beacon,
  { net, kid, key }: { net: string; kid: string; key: CryptoKey },
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonical(beacon)))
    .setProtectedHeader({ alg: 'Ed25519', kid, net, typ: 'beacon+jws' })
    .sign(key)
}

/** Reads a beacon; `keyOf` gives the member's node key with this thumbprint, from the registry. Throws `beacon-invalid`, or what `decodeText` and `parseCanonical` throw. */
export async function verifyBeacon(
  text: string,
  {
    net,
    keyOf,
  }: { net: string; keyOf: (kid: string) => Promise<{ member: string; key: CryptoKey } | undefined> },
): Promise<Beacon> {
  const [, header = '', payload = ''] = text.length <= limits.frameBytes ? (compact.exec(text) ?? []) : []
  const kid = kidOf(header, net)
  const known = await keyOf(kid)
  if (known === undefined) throw invalid('by a node that the registry does not know')
  const form = beaconForm.safeParse(parseCanonical(decodeText(payload)))
  if (!form.success) throw invalid('not of its form')
  if (form.data.member !== known.member) throw invalid('in the name of another member')
  const dot = text.lastIndexOf('.')
  if (!(await isSignedBy(known.key, text.slice(dot + 1), text.slice(0, dot))))
    throw invalid('changed after signing')
  return form.data
}

function kidOf(header: string, net: string): string {
  if (header === '') throw invalid('no compact JWS')
  const [, kid, said] = headerPattern.exec(decodeText(header)) ?? []
  if (kid === undefined || said !== net) throw invalid('with another header than its one')
  return kid
}

function invalid(what: string): FocalpointError<'beacon-invalid'> {
  return new FocalpointError('beacon-invalid', `This beacon is ${what}.`, { what })
}

import { createPrivateKey, sign } from 'node:crypto'
import { canonical, type Json, type JsonObject, type PrivateJwk, sha256, thumbprint } from '#protocol'
import { keys, net } from './alliance.ts'

// Writes notices with nothing but JSON, SHA-256 and Ed25519, so that what is wrong can be written as well as what is
// right: every bad notice is well signed unless its signature is what is bad.

export interface PartPlan {
  name: string
  value: Json
  to?: string
  until?: string
  /** 16 bytes in base64url. */
  salt?: string
}

export interface NoticePlan {
  key?: PrivateJwk
  parts?: readonly PartPlan[]
  /** Members of the payload beside, or instead of, the usual ones; `undefined` takes one out. */
  payload?: { [member: string]: Json | undefined }
  header?: (text: string) => string
  /** Changes the JSON text that is signed. */
  payloadText?: (text: string) => string
  /** What is signed instead of the base64url of the payload. */
  payloadPart?: (encoded: string) => string
  /** Changes the signature's text. */
  signature?: (text: string) => string
  /** Which of the parts travel; all without it. */
  carried?: (disclosures: readonly string[]) => readonly string[]
}

export interface Written {
  text: string
  jws: string
  id: string
  payload: JsonObject
  disclosures: string[]
  /** [salt, name, value] of each part. */
  contents: Json[]
}

export const bodyForAll: PartPlan = {
  name: 'body',
  value: { text: { en: 'An application was refused.' } },
  to: 'channel',
  until: '2036-12-31',
}

/** Seconds since 1970 at which everything in the vectors is said: 2026-05-04T12:00:00Z. */
export const writtenAt = 1_777_896_000

export function base64url(text: string | Buffer): string {
  return Buffer.from(text).toString('base64url')
}

/** The salt of the vectors: the first 16 bytes of SHA-256 of these words. */
export function saltOf(words: string): string {
  return Buffer.from(sha256(`focalpoint vectors ${words}`), 'base64url')
    .subarray(0, 16)
    .toString('base64url')
}

export function signatureOf(text: string, key: PrivateJwk): string {
  const privateKey = createPrivateKey({ key: { ...key }, format: 'jwk' })
  return sign(null, Buffer.from(text, 'latin1'), privateKey).toString('base64url')
}

export function headerOf(key: PrivateJwk): string {
  return `{"alg":"Ed25519","kid":"${thumbprint(key)}","net":"${net}","typ":"notice+sd-jwt"}`
}

export function write(plan: NoticePlan = {}): Written {
  const { key = keys.QM.signing, parts = [bodyForAll] } = plan
  const contents = parts.map(({ name, value, salt = saltOf(name) }) => [salt, name, value])
  const disclosures = contents.map(content => base64url(canonical(content)))
  const payload = payloadOf(plan, disclosures)
  const encodedHeader = base64url(plan.header?.(headerOf(key)) ?? headerOf(key))
  const text = canonical(payload)
  const encoded = base64url(Buffer.from(plan.payloadText?.(text) ?? text))
  const input = `${encodedHeader}.${plan.payloadPart?.(encoded) ?? encoded}`
  const signature = signatureOf(input, key)
  const jws = `${input}.${plan.signature?.(signature) ?? signature}`
  const carried = plan.carried?.(disclosures) ?? disclosures
  return {
    text: textOf(jws, carried),
    jws,
    id: sha256(input),
    payload,
    disclosures,
    contents: contents.map(inOrder),
  }
}

/** Members in the order in which they are written. */
function inOrder(content: Json): Json {
  return JSON.parse(canonical(content))
}

export function textOf(jws: string, disclosures: readonly string[]): string {
  return [jws, ...disclosures, ''].join('~')
}

function payloadOf(
  { parts = [bodyForAll], payload }: NoticePlan,
  disclosures: readonly string[],
): JsonObject {
  const rules = parts.map(({ name, to = 'channel', until }, at) => {
    const digest = sha256(disclosures[at] ?? '')
    return [name, { digest, to, ...(until && { until }) }] as const
  })
  const whole: { [member: string]: Json | undefined } = {
    _sd: disclosures.map(sha256).sort(),
    _sd_alg: 'sha-256',
    channel: 'torture',
    iat: writtenAt,
    iss: 'QM',
    members: 1,
    parts: Object.fromEntries(rules),
    prev: null,
    seq: 1,
    type: 'denial',
    v: 1,
    ...payload,
  }
  return Object.fromEntries(
    Object.entries(whole).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  )
}

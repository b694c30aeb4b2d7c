import { execFile } from 'node:child_process'
import { createHash, hash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SDJwtInstance } from '@sd-jwt/core'
import { type CryptoKey, compactVerify } from 'jose'
import { importPublicKey, isObject, type PrivateJwk } from '#protocol'
import { keys, secondKey, strangersKey } from './alliance.ts'
import { trustFiles } from './logs.ts'
import type { Vector } from './vector.ts'

// What other programs say of the vectors' notices. Each is given the key that really signed, as who asks them would.

export const others = ['jose', 'sdJwt', 'openssl'] as const
export type Other = (typeof others)[number]

/** jose alone: the compact JWS, without what follows the first "~". */
export async function isTakenByJose(text: string, key: PrivateJwk): Promise<boolean> {
  return settled(compactVerify(jwsOf(text), await importPublicKey(key)))
}

export async function isTakenBySdJwt(text: string, key: PrivateJwk): Promise<boolean> {
  return settled(sdJwtOf(await importPublicKey(key)).verify(text))
}

/** Any library of RFC 9901, handed hash and signature check from the platform. */
function sdJwtOf(key: CryptoKey) {
  return new SDJwtInstance({
    hashAlg: 'sha-256',
    hasher: data =>
      createHash('sha256')
        .update(typeof data === 'string' ? data : Buffer.from(data))
        .digest(),
    verifier: (data, signature) =>
      crypto.subtle.verify('Ed25519', key, Buffer.from(signature, 'base64url'), Buffer.from(data)),
  })
}

const script = join(import.meta.dirname, '..', 'verify-with-openssl.mjs')
const run = promisify(execFile)

export async function hasOpenssl(): Promise<boolean> {
  const { stdout } = await run('openssl', ['version']).catch(() => ({ stdout: '' }))
  return /^OpenSSL [3-9]/.test(stdout)
}

/** What the script prints, or undefined where it refuses; `keys` is the text of a JWK or a trust.json. */
export async function saidByOpenssl(text: string, keysText: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-vectors-'))
  try {
    await writeFile(join(folder, 'notice'), text)
    await writeFile(join(folder, 'keys.json'), keysText)
    const { stdout } = await run(process.execPath, [
      script,
      join(folder, 'notice'),
      join(folder, 'keys.json'),
    ])
    return stdout.trim()
  } catch {
    return undefined
  } finally {
    await rm(folder, { recursive: true })
  }
}

export interface Comparison {
  vector: Vector
  takenBy: Other[]
}

/** The notices of catch-up that we refuse, or of which we drop a part, and who would take them as they are. */
export async function compare(vectors: readonly Vector[]): Promise<Comparison[]> {
  const comparisons: Comparison[] = []
  for (const vector of vectors) {
    const text = String(vector.text)
    const key = signerOf(text)
    const taken = await Promise.all([
      isTakenByJose(text, key),
      isTakenBySdJwt(text, key),
      saidByOpenssl(text, trustNaming(text)).then(said => said !== undefined),
    ])
    comparisons.push({ vector, takenBy: others.filter((_, at) => taken[at]) })
  }
  return comparisons
}

export function isRefusedByUs({ expect, drops }: Vector): boolean {
  return expect !== 'accepted' || (Array.isArray(drops) && drops.length > 0)
}

/** One line for all notices of one code that the same programs take. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const lines = Map.groupBy(comparisons, lineOf)
  const counts = others.map(other => comparisons.filter(({ takenBy }) => takenBy.includes(other)).length)
  return [
    '| here | jose | @sd-jwt/core | openssl script | notices |',
    '|---|---|---|---|---|',
    ...[...lines].map(
      ([line, all]) => `| ${line} | ${all.map(({ vector }) => `\`${vector.name}\``).join(', ')} |`,
    ),
    `| **taken, of ${comparisons.length}** | ${counts.join(' | ')} | |`,
  ].join('\n')
}

function lineOf({ vector: { expect, drops }, takenBy }: Comparison): string {
  const here = Array.isArray(drops) ? `drops \`${drops[0]}\`` : `\`${expect}\``
  return [here, ...others.map(other => (takenBy.includes(other) ? 'takes' : '–'))].join(' | ')
}

const signers = [
  keys.QM.signing,
  keys.QM.recovery,
  keys.QM.node,
  keys.QN.signing,
  keys.XE.signing,
  secondKey,
  strangersKey,
]
const [, trust = ''] = trustFiles[0] ?? []

/** The key that the header names, or QM's where it names none. */
function signerOf(text: string): PrivateJwk {
  const kid = kidIn(text)
  return signers.find(({ x }) => thumbprintOf(x) === kid) ?? keys.QM.signing
}

function thumbprintOf(x: string): string {
  return hash('sha256', `{"crv":"Ed25519","kty":"OKP","x":"${x}"}`, 'base64url')
}

function kidIn(text: string): unknown {
  try {
    const header: unknown = JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString())
    return isObject(header) ? header.kid : undefined
  } catch {
    return undefined
  }
}

/** trust.json where it lists the key, else the key itself: the question is what the texts tell, not who is listed. */
function trustNaming(text: string): string {
  const kid = kidIn(text)
  return typeof kid === 'string' && trust.includes(kid) ? trust : JSON.stringify(signerOf(text))
}

function jwsOf(text: string): string {
  return text.split('~')[0] ?? ''
}

function settled(verifying: Promise<unknown>): Promise<boolean> {
  return verifying.then(
    () => true,
    () => false,
  )
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '../../protocol/canonical.ts'
import { type Envelope, verifyEnvelope } from '../../protocol/envelope.ts'
import { isError } from '../../protocol/errors.ts'
import {
  authorityOf,
  importPublicKey,
  isVoid,
  jwkOfPeerId,
  kidOfPeerId,
  openTrust,
  publicKeyOf,
  type Registry,
} from '../../protocol/registry/index.ts'

export interface TestVector {
  name: string
  what: string
  expect: string
  [more: string]: Json
}

export const vectorsFolder = join(import.meta.dirname, '..', '..', 'protocol', 'vectors')

export function readVector(name: string): string {
  return readFileSync(join(vectorsFolder, name), 'utf8')
}

export function vectorsOf<Vector extends object>(name: string): (TestVector & Vector)[] {
  return JSON.parse(readVector(name)).vectors
}

const opened = new Map<string, Promise<Registry>>()

/** The registry of one of the vectors' trust files. */
export function registryIn(name: string): Promise<Registry> {
  const registry = opened.get(name) ?? openTrust(readVector(name))
  opened.set(name, registry)
  return registry
}

/** `accepted`, or the code of what was thrown; anything but our own errors is a failure of the test. */
export async function codeOf(judging: () => unknown): Promise<string> {
  try {
    await judging()
    return 'accepted'
  } catch (error) {
    if (isError(error)) return error.code
    throw error
  }
}

/** What the gate checks of every envelope once its text is read: authority, signature, void. */
export async function checkSpoken(registry: Registry, envelope: Envelope, onEndChain = true): Promise<void> {
  const { kid, issuer, channel, seq, id } = envelope
  const authority = authorityOf({ registry, kid, issuer, channel })
  await verifyEnvelope(envelope, await publicKeyOf(registry, kid))
  if (isVoid({ authority, seq, id, onEndChain: () => onEndChain })) throw new VoidNotice()
}

/** A void notice is no error of the protocol's own functions: the gate makes one of it. */
export class VoidNotice extends Error {
  readonly code = 'notice-void'
}

/** The node key with this thumbprint, from a registry. */
export async function nodeKeyIn(
  registry: Registry,
  kid: string,
): Promise<{ member: string; key: CryptoKey } | undefined> {
  for (const { id, nodes } of registry.members.members) {
    for (const { peerId } of nodes) {
      const jwk = jwkOfPeerId(peerId)
      if (jwk && kidOfPeerId(peerId) === kid) return { member: id, key: await importPublicKey(jwk) }
    }
  }
  return undefined
}

import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  FocalpointError,
  findKey,
  jwkOfPeerId,
  openTrust,
  type PrivateJwk,
  type Registry,
  thumbprint,
} from '#protocol'

/** The private keys of one node, each with one use. */
export interface Keys {
  member: string
  node: PrivateJwk
  signing: PrivateJwk
  recovery: PrivateJwk
}

/** `allowed` is for the demonstration alone: its keys are public, so their files may be readable by all. */
export type DemonstrationKeys = 'refused' | 'allowed'

/** The demonstration Alliance: `trust.json` and a key file for each member; never accepted outside of it. */
export const exampleFolder = join(import.meta.dirname, '..', 'keys-example')

const privateJwk = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
})

const shape = z.strictObject({
  format: z.literal('focalpoint-keys/1'),
  demonstration: z.boolean().optional(),
  member: z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/, 'is no member id'),
  node: privateJwk,
  signing: privateJwk,
  recovery: privateJwk,
})

/** Throws `key-file-missing`, `key-file-exposed`, `key-file-malformed`, `demonstration-keys`. */
export async function readKeyFile(
  path: string,
  { demonstration }: { demonstration: DemonstrationKeys },
): Promise<Keys> {
  const text = await readText(path)
  if (demonstration === 'refused') await checkMode(path)
  const { member, node, signing, recovery, demonstration: marked } = parseKeyFile(path, text)
  const keys: Keys = { member, node, signing, recovery }
  if (demonstration === 'refused' && (marked || (await holdsExampleKey(keys)))) throw demonstrationKeys(path)
  return keys
}

/** Throws `demonstration-keys` where this is the registry of the demonstration Alliance. */
export async function checkNotExampleRegistry({ net }: Registry, path: string): Promise<void> {
  if ((await exampleRegistry())?.net === net) throw demonstrationKeys(path)
}

/** Throws `keys-not-in-registry` where the signing key is not this member's, or the file is another member's. */
export function checkKeysKnown({
  keys,
  registry,
  member,
}: {
  keys: Keys
  registry: Registry
  member: string
}): void {
  const fail = (what: string) =>
    new FocalpointError(
      'keys-not-in-registry',
      `This node cannot speak for ${member}: ${what}. Check member, key_file and trust_file, or ask a coordinator.`,
      { member, what },
    )
  if (keys.member !== member) throw fail(`the key file is of ${keys.member}`)
  const found = findKey(registry, thumbprint(keys.signing))
  if (found === undefined) throw fail('its signing key is not in the registry')
  if (found.member.id !== member) throw fail(`its signing key is that of ${found.member.id}`)
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new FocalpointError(
      'key-file-missing',
      `There is no readable key file at ${path}. Put it there, or say where it is with key_file.`,
      { path },
      { cause },
    )
  }
}

async function checkMode(path: string): Promise<void> {
  const mode = (await stat(path)).mode & 0o777
  if ((mode & 0o077) === 0 || process.platform === 'win32') return
  throw new FocalpointError(
    'key-file-exposed',
    `Others on this machine can read or change the keys in ${path}. Run: chmod 600 ${path}`,
    { path, mode: mode.toString(8).padStart(4, '0') },
  )
}

function parseKeyFile(path: string, text: string): z.output<typeof shape> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The cause quotes the text, and the text is a private key.
    throw malformed(path, 'it is not JSON')
  }
  const result = shape.safeParse(value)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw malformed(
      path,
      `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'does not follow its form'}`,
    )
  }
  for (const use of ['node', 'signing', 'recovery'] as const) {
    if (!isPair(result.data[use])) throw malformed(path, `${use}: d and x are no key pair`)
  }
  return result.data
}

function isPair(jwk: PrivateJwk): boolean {
  try {
    return (
      createPublicKey(createPrivateKey({ key: { ...jwk }, format: 'jwk' })).export({ format: 'jwk' }).x ===
      jwk.x
    )
  } catch {
    return false
  }
}

/** Looks for the keys themselves, so that taking the mark out of the file does not help. */
async function holdsExampleKey({ node, signing, recovery }: Keys): Promise<boolean> {
  const members = (await exampleRegistry())?.members.members ?? []
  const known = members.flatMap(member => [
    ...[...member.signing, ...member.recovery].map(({ jwk }) => jwk.x),
    ...member.nodes.map(({ peerId }) => jwkOfPeerId(peerId)?.x),
  ])
  return [node, signing, recovery].some(({ x }) => known.includes(x))
}

/** An installation may leave the examples out: then there is nothing to mistake. */
async function exampleRegistry(): Promise<Registry | undefined> {
  const text = await readFile(join(exampleFolder, 'trust.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : openTrust(text)
}

function malformed(path: string, what: string): FocalpointError<'key-file-malformed'> {
  return new FocalpointError('key-file-malformed', `The key file ${path} cannot be used: ${what}.`, {
    path,
    what,
  })
}

function demonstrationKeys(path: string): FocalpointError<'demonstration-keys'> {
  return new FocalpointError(
    'demonstration-keys',
    `${path} is of the demonstration Alliance, whose private keys are public. Use it with "focalpoint demo" only; make your own for a real node.`,
    { path },
  )
}

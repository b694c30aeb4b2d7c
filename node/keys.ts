import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  FocalpointError,
  findKey,
  jwkOfPeerId,
  type Member,
  openTrust,
  type PrivateJwk,
  type Registry,
  thumbprint,
} from '#protocol'
import { replaceDurably } from './durable-file.ts'
import { type KeyFile, type Keys, keyFileText, parseKeyFile } from './key-file.ts'
import {
  type AskPassphrase,
  checkOwnerOnly,
  readSecretText,
  type Sealing,
  unencryptedKeyFile,
} from './secret-file.ts'

export type { Keys } from './key-file.ts'

/** `allowed` is for the demonstration alone: its keys are public, so their files may be readable by all. */
export type DemonstrationKeys = 'refused' | 'allowed'

/** The demonstration Alliance: `trust.json` and a key file for each member; never accepted outside of it. */
export const exampleFolder = join(import.meta.dirname, '..', 'keys-example')

export interface KeyReading {
  demonstration: DemonstrationKeys
  /** Asked where the file is encrypted. */
  passphrase?: AskPassphrase | undefined
}

/** Throws `key-file-…`, `passphrase-missing`, `passphrase-wrong`, `demonstration-keys`. */
export async function readKeyFile(path: string, { demonstration, passphrase }: KeyReading): Promise<Keys> {
  const file = parseKeyFile(path, await readSecretText(path))
  if (demonstration === 'allowed') return file.open(passphrase)
  await checkOwnerOnly(path)
  if (file.marks.demonstration) throw demonstrationKeys(path)
  const keys = await file.open(passphrase)
  await checkNotExampleKeys(keys, path)
  if (file.form === 'plain' && !file.marks.unencrypted) throw unencryptedKeyFile(path)
  return keys
}

/** Throws `demonstration-keys` where one of them is a key that everybody has. */
export async function checkNotExampleKeys(keys: Keys, path: string): Promise<void> {
  if (await holdsExampleKey(keys)) throw demonstrationKeys(path)
}

/** Who the file speaks for, and the names of its keys; its passphrase is not needed. Throws `key-file-…`. */
export async function readKeyNames(path: string): Promise<Pick<KeyFile, 'member' | 'kids' | 'form'>> {
  const text = await readSecretText(path)
  await checkOwnerOnly(path)
  return parseKeyFile(path, text)
}

/** Puts these keys in the place of those in the file; a power cut leaves the old ones or the new ones. */
export async function replaceKeyFile(path: string, keys: Keys, sealing: Sealing): Promise<void> {
  await replaceDurably(path, await keyFileText(keys, sealing))
}

/** After a rotation: the newer key alone, once the registry lets it speak and has ended the older one everywhere. */
export function settledKeys({ next, ...keys }: Keys, { signing }: Member): Keys | undefined {
  if (next === undefined) return undefined
  const find = (key: PrivateJwk) => signing.find(({ kid }) => kid === thumbprint(key))
  const old = find(keys.signing)
  const hasEnded = old !== undefined && Object.keys(old.from).every(channel => old.end?.[channel])
  return find(next) !== undefined && hasEnded ? { ...keys, signing: next } : undefined
}

/** The name of the demonstration Alliance's network, where the examples are installed. */
export async function exampleNet(): Promise<string | undefined> {
  return (await exampleRegistry())?.net
}

/** Throws `demonstration-keys` where this is the registry of the demonstration Alliance. */
export async function checkNotExampleRegistry({ net }: Registry, path: string): Promise<void> {
  if ((await exampleNet()) !== net) return
  throw new FocalpointError(
    'demonstration-keys',
    `${path} is the registry of the demonstration Alliance, whose private keys are public. Use it with "focalpoint demo", or "focalpoint serve --join-demonstration" with keys of your own.`,
    { path },
  )
}

/** Throws `usage` unless it is: a node marks everything as an exercise there, and nowhere else. */
export async function checkExampleRegistry({ net }: Registry, path: string): Promise<void> {
  if ((await exampleNet()) === net) return
  const what = `${path} is not of the demonstration Alliance: start without --join-demonstration.`
  throw new FocalpointError('usage', what, { what })
}

/** Throws `keys-not-in-registry` where the signing key is not this member's, or the file is another member's. */
export function checkKeysKnown({
  keys,
  registry,
  member,
  hasNewerRegistry = false,
}: {
  keys: Keys
  registry: Registry
  member: string
  /** The store may hold one that knows keys which the trust file does not: the node looks again. */
  hasNewerRegistry?: boolean
}): void {
  const fail = (what: string) =>
    new FocalpointError(
      'keys-not-in-registry',
      `This node cannot speak for ${member}: ${what}. Check member, key_file and trust_file, or ask a coordinator.`,
      { member, what },
    )
  if (keys.member !== member) throw fail(`the key file is of ${keys.member}`)
  const held = [keys.signing, ...(keys.next ? [keys.next] : [])]
  const found = held.flatMap(key => findKey(registry, thumbprint(key)) ?? [])
  const other = found.find(each => each.member.id !== member)
  if (found.length === 0 && !hasNewerRegistry) throw fail('its signing key is not in the registry')
  if (other !== undefined) throw fail(`its signing key is that of ${other.member.id}`)
}

/** Looks for the keys themselves, so that taking the mark out of the file does not help. */
async function holdsExampleKey({ node, signing, next, recovery }: Keys): Promise<boolean> {
  const members = (await exampleRegistry())?.members.members ?? []
  const known = members.flatMap(member => [
    ...[...member.signing, ...member.recovery].map(({ jwk }) => jwk.x),
    ...member.nodes.map(({ peerId }) => jwkOfPeerId(peerId)?.x),
  ])
  return [node, signing, next, recovery].some(key => key !== undefined && known.includes(key.x))
}

/** An installation may leave the examples out: then there is nothing to mistake. */
async function exampleRegistry(): Promise<Registry | undefined> {
  const text = await readFile(join(exampleFolder, 'trust.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : openTrust(text)
}

function demonstrationKeys(path: string): FocalpointError<'demonstration-keys'> {
  return new FocalpointError(
    'demonstration-keys',
    `${path} is of the demonstration Alliance, whose private keys are public. Use it with "focalpoint demo" only; make your own for a real node.`,
    { path },
  )
}

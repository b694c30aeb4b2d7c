import { z } from 'zod'
import { type FocalpointError, type PrivateJwk, thumbprint } from '#protocol'
import { createDurably } from './durable-file.ts'
import { seal, unseal } from './sealed.ts'
import {
  type AskPassphrase,
  askedFor,
  checkOwnerOnly,
  malformedKeyFile,
  parseSecret,
  parseSecretValue,
  privateJwk,
  readSecretText,
  type Sealing,
  unencryptedKeyFile,
} from './secret-file.ts'

// Files with one private key that is kept offline: a coordinator's, and a member's recovery key.

export interface SingleKey {
  /** The id of the coordinator or member. */
  owner: string
  key: PrivateJwk
  /** Its file says that it is of a demonstration: everybody has this key. */
  demonstration: boolean
}

/** What each kind of file says that it is; version 1 is plain, version 2 sealed. */
const formats = { coordinator: 'focalpoint-coordinator-keys', member: 'focalpoint-recovery-key' } as const
/** By the name under which the file says whose key it holds. */
type Kind = keyof typeof formats

const owner = { coordinator: z.string().optional(), member: z.string().optional() }
const plain = z.strictObject({
  format: z.string(),
  demonstration: z.boolean().optional(),
  unencrypted: z.boolean().optional(),
  ...owner,
  key: privateJwk,
})
const sealed = z.strictObject({ format: z.string(), ...owner, kid: z.string(), jwe: z.string() })
const content = z.strictObject({ owner: z.string(), key: privateJwk })

/** Throws `key-file-…`, `passphrase-missing`, `passphrase-wrong`. */
export function openCoordinatorKey(path: string, ask?: AskPassphrase): Promise<SingleKey> {
  return openKey('coordinator', path, ask)
}

/** Throws `key-file-…`, `passphrase-missing`, `passphrase-wrong`. */
export function openRecoveryKey(path: string, ask?: AskPassphrase): Promise<SingleKey> {
  return openKey('member', path, ask)
}

/** Throws `already-there`. */
export async function writeCoordinatorKey(path: string, key: NewKey, sealing: Sealing): Promise<void> {
  await createDurably(path, await singleKeyText('coordinator', key, sealing))
}

/** What is written to a recovery key's file. */
export function recoveryKeyText(key: NewKey, sealing: Sealing): Promise<string> {
  return singleKeyText('member', key, sealing)
}

export type NewKey = Pick<SingleKey, 'owner' | 'key'>

async function singleKeyText(kind: Kind, { owner, key }: NewKey, sealing: Sealing): Promise<string> {
  const file =
    'passphrase' in sealing
      ? {
          format: `${formats[kind]}/2`,
          [kind]: owner,
          kid: thumbprint(key),
          jwe: await seal({ owner, key }, sealing.passphrase),
        }
      : { format: `${formats[kind]}/1`, unencrypted: true, [kind]: owner, key }
  return `${JSON.stringify(file, null, 2)}\n`
}

async function openKey(kind: Kind, path: string, ask: AskPassphrase | undefined): Promise<SingleKey> {
  const text = await readSecretText(path)
  const { format } = parseSecret(path, text, z.looseObject({ format: z.string() }))
  if (format === `${formats[kind]}/1`) return openPlain(kind, path, parseSecret(path, text, plain))
  if (format === `${formats[kind]}/2`) return openSealed(kind, path, parseSecret(path, text, sealed), ask)
  throw unfit(kind, path)
}

/** Throws `key-file-…` where this is not even a coordinator's key file; opens nothing. */
export async function checkCoordinatorKeyFile(path: string): Promise<void> {
  const text = await readSecretText(path)
  const { format = '' } = parseSecret(path, text, z.looseObject({ format: z.string().optional() }))
  if (!/^focalpoint-coordinator-keys\/[12]$/.test(format)) throw unfit('coordinator', path)
}

function unfit(kind: Kind, path: string): FocalpointError<'key-file-malformed'> {
  const whose = kind === 'coordinator' ? "no coordinator's key file" : 'no recovery key file'
  return malformedKeyFile(path, `this is ${whose}`)
}

async function openPlain(kind: Kind, path: string, file: z.output<typeof plain>): Promise<SingleKey> {
  const { demonstration = false, unencrypted = false, key } = file
  if (!demonstration) await checkOwnerOnly(path)
  if (!demonstration && !unencrypted) throw unencryptedKeyFile(path)
  return { owner: ownerIn(kind, path, file), key, demonstration }
}

async function openSealed(
  kind: Kind,
  path: string,
  file: z.output<typeof sealed>,
  ask: AskPassphrase | undefined,
): Promise<SingleKey> {
  await checkOwnerOnly(path)
  const held = parseSecretValue(path, await unseal(file.jwe, await askedFor(path, ask)), content)
  if (held.owner !== ownerIn(kind, path, file) || thumbprint(held.key) !== file.kid)
    throw malformedKeyFile(path, 'what it says outside is not what is sealed inside')
  return { ...held, demonstration: false }
}

function ownerIn(kind: Kind, path: string, file: Partial<Record<Kind, string | undefined>>): string {
  const owner = file[kind]
  if (owner === undefined) throw malformedKeyFile(path, `it does not say whose it is (${kind})`)
  return owner
}

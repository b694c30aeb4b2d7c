import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { FocalpointError, type PrivateJwk, type PublicJwk } from '#protocol'

// What files with private keys have in common, whosever keys they are.

/** Asked only once a file needs it; undefined where there is no source for it. */
export type AskPassphrase = () => Promise<string | undefined>

/** `unencrypted` is a choice that people make by name, and the file then says so. */
export type Sealing = { passphrase: string } | { unencrypted: true }

/** What `focalpoint init` asks for at least: eight characters fall in hours, whatever the rounds. */
export const shortestPassphrase = 12

export const privateJwk = z
  .strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() })
  .refine(isPair, 'd and x are no key pair')

export function publicHalf({ crv, kty, x }: PublicJwk): PublicJwk {
  return { crv, kty, x }
}

/** A fresh Ed25519 key. */
export function makePrivateKey(): PrivateJwk {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  if (x === undefined || d === undefined) throw new TypeError('An Ed25519 key was exported without x or d.')
  return { crv: 'Ed25519', kty: 'OKP', x, d }
}

/** Throws `key-file-missing`. */
export async function readSecretText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new FocalpointError(
      'key-file-missing',
      `There is no readable key file at ${path}. Put it there, or say where it is.`,
      { path },
      { cause },
    )
  }
}

/** Throws `key-file-exposed` where anybody but the owner can read or change the file. */
export async function checkOwnerOnly(path: string): Promise<void> {
  const mode = (await stat(path)).mode & 0o777
  if ((mode & 0o077) === 0 || process.platform === 'win32') return
  throw new FocalpointError(
    'key-file-exposed',
    `Others on this machine can read or change the keys in ${path}. Run: chmod 600 ${path}`,
    { path, mode: mode.toString(8).padStart(4, '0') },
  )
}

/** Throws `key-file-malformed`; never says what stands in the file, for that is a private key. */
export function parseSecret<Form extends z.ZodType>(path: string, text: string, form: Form): z.output<Form> {
  return parseSecretValue(path, jsonOf(path, text), form)
}

export function parseSecretValue<Form extends z.ZodType>(
  path: string,
  value: unknown,
  form: Form,
): z.output<Form> {
  const result = form.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where = issue?.path.join('.') || 'the file'
  throw malformedKeyFile(path, `${where}: ${issue?.message ?? 'does not follow its form'}`)
}

/** Throws `passphrase-missing` where there is nobody to ask and no other source. */
export async function askedFor(
  path: string,
  ask: AskPassphrase | undefined,
  flag = '--passphrase-fd',
): Promise<string> {
  const passphrase = await ask?.()
  if (passphrase !== undefined) return passphrase
  const what = `${path} is encrypted`
  throw new FocalpointError(
    'passphrase-missing',
    `${what}: give its passphrase with ${flag}, as the systemd credential "focalpoint-passphrase", or on a terminal.`,
    { what },
  )
}

export function malformedKeyFile(path: string, what: string): FocalpointError<'key-file-malformed'> {
  return new FocalpointError('key-file-malformed', `The key file ${path} cannot be used: ${what}.`, {
    path,
    what,
  })
}

export function unencryptedKeyFile(path: string): FocalpointError<'key-file-unencrypted'> {
  return new FocalpointError(
    'key-file-unencrypted',
    `The keys in ${path} are not encrypted. Encrypt them with "focalpoint keys passphrase --key-file ${path}".`,
    { path },
  )
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The cause quotes the text, and the text is a private key.
    throw malformedKeyFile(path, 'it is not JSON')
  }
}

function isPair(jwk: PrivateJwk): boolean {
  try {
    const made = createPublicKey(createPrivateKey({ key: { ...jwk }, format: 'jwk' }))
    return made.export({ format: 'jwk' }).x === jwk.x
  } catch {
    return false
  }
}

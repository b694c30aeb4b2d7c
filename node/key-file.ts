import { z } from 'zod'
import { type PrivateJwk, type PublicJwk, thumbprint } from '#protocol'
import { seal, unseal } from './sealed.ts'
import {
  type AskPassphrase,
  askedFor,
  malformedKeyFile,
  parseSecret,
  parseSecretValue,
  privateJwk,
  publicHalf,
  type Sealing,
} from './secret-file.ts'

/** The keys of one node, each with one use. */
export interface Keys {
  member: string
  node: PrivateJwk
  signing: PrivateJwk
  /** A newer signing key: it takes over from the place at which the registry lets it speak. */
  next?: PrivateJwk | undefined
  /** The public half alone: a node never needs the other, which is kept offline. */
  recovery?: PublicJwk | undefined
}

/** The names of the keys in a file, which its passphrase is not needed for. */
export type KeyNames = Record<'node' | 'signing', string> & Partial<Record<'next' | 'recovery', string>>

export interface KeyFile {
  member: string
  kids: KeyNames
  /** `plain` was made so by somebody's choice only where it is marked. */
  form: 'sealed' | 'plain'
  marks: { demonstration: boolean; unencrypted: boolean }
  open: (ask: AskPassphrase | undefined) => Promise<Keys>
}

const memberId = z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/, 'is no member id')
const publicJwk = z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })

const keys = {
  member: memberId,
  node: privateJwk,
  signing: privateJwk,
  next: privateJwk.optional(),
  recovery: z.union([privateJwk, publicJwk]),
}
const content = z.strictObject(keys)
const plain = z.strictObject({
  format: z.literal('focalpoint-keys/1'),
  demonstration: z.boolean().optional(),
  unencrypted: z.boolean().optional(),
  ...keys,
})
const sealed = z.strictObject({
  format: z.literal('focalpoint-keys/2'),
  member: memberId,
  kids: z.strictObject({
    node: z.string(),
    signing: z.string(),
    next: z.string().optional(),
    recovery: z.string(),
  }),
  jwe: z.string(),
})
const shape = z.discriminatedUnion('format', [plain, sealed])

/** Throws `key-file-malformed`; `open` also `passphrase-missing` and `passphrase-wrong`. */
export function parseKeyFile(path: string, text: string): KeyFile {
  const file = parseSecret(path, text, shape)
  if (file.format === 'focalpoint-keys/1') {
    const { format: _, demonstration = false, unencrypted = false, ...held } = file
    return {
      member: file.member,
      kids: kidsIn(held),
      form: 'plain',
      marks: { demonstration, unencrypted },
      open: async () => keysOf(held),
    }
  }
  return {
    member: file.member,
    kids: withoutAbsent(file.kids),
    form: 'sealed',
    marks: { demonstration: false, unencrypted: false },
    open: ask => openSealed(path, file, ask),
  }
}

/** What is written at a key file's path. */
export async function keyFileText(keys: Keys, sealing: Sealing): Promise<string> {
  const held = keysOf(keys)
  const file =
    'passphrase' in sealing
      ? {
          format: 'focalpoint-keys/2',
          member: held.member,
          kids: kidsIn(held),
          jwe: await seal(held, sealing.passphrase),
        }
      : { format: 'focalpoint-keys/1', unencrypted: true, ...held }
  return `${JSON.stringify(file, null, 2)}\n`
}

async function openSealed(
  path: string,
  file: z.output<typeof sealed>,
  ask: AskPassphrase | undefined,
): Promise<Keys> {
  const held = parseSecretValue(path, await unseal(file.jwe, await askedFor(path, ask)), content)
  const kids = kidsIn(held)
  const isSame =
    held.member === file.member &&
    (['node', 'signing', 'next', 'recovery'] as const).every(use => kids[use] === file.kids[use])
  if (!isSame) throw malformedKeyFile(path, 'what it says outside is not what is sealed inside')
  return keysOf(held)
}

function keysOf({ member, node, signing, next, recovery }: Keys): Keys {
  return {
    member,
    node,
    signing,
    ...(next && { next }),
    ...(recovery && { recovery: publicHalf(recovery) }),
  }
}

function kidsIn({ node, signing, next, recovery }: Keys): KeyNames {
  return {
    node: thumbprint(node),
    signing: thumbprint(signing),
    ...(next && { next: thumbprint(next) }),
    ...(recovery && { recovery: thumbprint(recovery) }),
  }
}

function withoutAbsent({ next, ...kids }: z.output<typeof sealed>['kids']): KeyNames {
  return next === undefined ? kids : { ...kids, next }
}

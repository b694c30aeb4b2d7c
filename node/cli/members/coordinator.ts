import { z } from 'zod'
import {
  type Coordinator,
  FocalpointError,
  type PrivateJwk,
  type Registry,
  type Root,
  safetyNumber,
  thumbprint,
} from '#protocol'
import { createDurably } from '../../durable-file.ts'
import { makePrivateKey, publicHalf, type Sealing } from '../../secret-file.ts'
import { openCoordinatorKey, writeCoordinatorKey } from '../../single-key.ts'
import { readInput, unreadable } from '../input.ts'
import { newPassphrase, type PassphraseOption, passphraseFor } from '../passphrase.ts'
import { print, printJson, say } from '../talk.ts'
import { openExample } from './example.ts'
import { usage } from './files.ts'

const publicFile = z.strictObject({
  format: z.literal('focalpoint-coordinator/1'),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  kid: z.string(),
  jwk: z.strictObject({ crv: z.literal('Ed25519'), kty: z.literal('OKP'), x: z.string() }),
})

export interface CoordinatorKeyOptions extends PassphraseOption {
  out?: string
  public?: string
  unencrypted?: boolean
  json?: boolean
}

/** Makes the offline key of a coordinator, and the public half that the others put into the root. */
export async function makeCoordinatorKey(id: string, options: CoordinatorKeyOptions): Promise<void> {
  if (!publicFile.shape.id.safeParse(id).success) {
    throw usage(
      `"${id}" is no name of a coordinator: small letters, digits and dashes, such as ministry-of-justice-qm.`,
    )
  }
  const key = makePrivateKey()
  const path = options.out ?? `${id}.json`
  const publicPath = options.public ?? `${id}.pub.json`
  const text = publicText({ id, kid: thumbprint(key), jwk: publicHalf(key) })
  await writeCoordinatorKey(path, { owner: id, key }, await sealingOf(id, options))
  await createDurably(publicPath, text, { mode: 0o644 })
  const number = safetyNumber(text)
  if (options.json)
    printJson({ id, kid: thumbprint(key), file: path, public: publicPath, safetyNumber: number })
  else print(publicPath)
  say(`The key is in ${path}: keep it on a machine without a network, and a copy in another place.`)
  say(`Send ${publicPath} to the other coordinators, and read them its safety number:\n  ${number}`)
}

async function sealingOf(id: string, { passphraseFd, unencrypted }: CoordinatorKeyOptions): Promise<Sealing> {
  if (unencrypted) return { unencrypted: true }
  return {
    passphrase: await newPassphrase(`the key of ${id}`, passphraseFd === undefined ? {} : { passphraseFd }),
  }
}

function publicText(coordinator: Coordinator): string {
  return `${JSON.stringify({ format: 'focalpoint-coordinator/1', ...coordinator }, null, 2)}\n`
}

/** A coordinator's public file, as "NAME=FILE" or "FILE", and the number by which it is compared. */
export async function readPublic(given: string): Promise<{ coordinator: Coordinator; safetyNumber: string }> {
  const [, name, path = given] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(given) ?? []
  const text = await readInput(path)
  const { format: _, ...coordinator } = parsePublic(path, text)
  if (coordinator.kid !== thumbprint(coordinator.jwk))
    throw unreadable(path, 'its kid is not that of its key')
  if (name !== undefined && name !== coordinator.id) {
    throw usage(`${path} is of ${coordinator.id}, not of ${name}.`)
  }
  return { coordinator, safetyNumber: safetyNumber(publicText(coordinator)) }
}

function parsePublic(path: string, text: string): z.output<typeof publicFile> {
  try {
    return publicFile.parse(JSON.parse(text))
  } catch (cause) {
    throw unreadable(path, 'it is no public key file of a coordinator', cause)
  }
}

interface KeyUse {
  net: string
  /** The roots under which the document is signed. */
  roots: readonly Root[]
}

/**
 * Opens a coordinator's key for the documents of one network. Throws `demonstration-keys` where everybody has the key,
 * or where it is of a real network and the document of the demonstration, and `signature-of-unknown-coordinator`.
 */
export async function openKeyFor(
  { net, roots }: KeyUse,
  { key: path, ...options }: { key: string } & PassphraseOption,
): Promise<PrivateJwk> {
  const { owner, key, demonstration } = await openCoordinatorKey(path, passphraseFor(path, options))
  const example = await openExample()
  const isExampleKey = demonstration || isOfExample(key, example)
  const isOfExampleNet = example?.net === net
  const kid = thumbprint(key)
  const isListed = roots.some(({ coordinators }) => coordinators.some(each => each.kid === kid))
  if (isExampleKey !== isOfExampleNet && (isExampleKey || !isListed))
    throw demonstrationKeys(path, isExampleKey)
  if (!isListed) throw noCoordinator({ owner, kid, roots })
  return key
}

function noCoordinator({
  owner,
  kid,
  roots,
}: {
  owner: string
  kid: string
  roots: readonly Root[]
}): FocalpointError<'signature-of-unknown-coordinator'> {
  const under = roots.map(({ version }) => `root ${version}`).join(' or ')
  const isNamed = roots.some(({ coordinators }) => coordinators.some(({ id }) => id === owner))
  const which = isNamed ? ' with this key, only with another one' : ''
  return new FocalpointError(
    'signature-of-unknown-coordinator',
    `${owner} is no coordinator under ${under}${which}. Nothing was signed.`,
    { kid },
  )
}

function isOfExample(key: PrivateJwk, example: Registry | undefined): boolean {
  return example?.root.coordinators.some(({ kid }) => kid === thumbprint(key)) ?? false
}

function demonstrationKeys(path: string, isExampleKey: boolean): FocalpointError<'demonstration-keys'> {
  return new FocalpointError(
    'demonstration-keys',
    isExampleKey
      ? `${path} is of the demonstration Alliance: everybody has this key, and it signs only documents of the demonstration.`
      : `This document is of the demonstration Alliance, which its own coordinators sign: keep ${path} for a real network.`,
    { path },
  )
}

import { existsSync } from 'node:fs'
import { openTrust, type Registry, type SignedDocument } from '#protocol'
import { readConfigFile } from '../../config-layers.ts'
import { loadFrom } from '../config.ts'
import { readInput, unreadable } from '../input.ts'
import { readSigned, type SignedFile, usage } from './files.ts'

export interface TrustOptions {
  trust?: string
  founding?: string
}

/** What a document is judged by: the registry in force, or, for a new network, its first root. */
export type Basis =
  | { registry: Registry; firstRoot?: undefined }
  | { registry?: undefined; firstRoot: SignedDocument | undefined }

/** The file of `--trust`, else that of the settings where there are any, else ./trust.json. */
export async function trustPath(trust: string | undefined): Promise<string> {
  if (trust !== undefined) return trust
  const { FOCALPOINT_CONFIG: file, FOCALPOINT_TRUST_FILE: named } = process.env
  const settings = await readConfigFile({ file, workingDirectory: process.cwd() })
  return settings === undefined ? (named ?? 'trust.json') : (await loadFrom({})).config.trustFile
}

export async function openRegistry({ trust }: TrustOptions): Promise<Registry> {
  return openTrust(await readTrustText(await trustPath(trust)))
}

async function readTrustText(path: string): Promise<string> {
  if (path !== '-' && !existsSync(path)) {
    throw unreadable(path, 'there is no such file. Copy trust.json here or name it with --trust')
  }
  return readInput(path)
}

/** A first root, and a request to found, need no network; a first members document needs its root. */
export async function basisFor(file: SignedFile, options: TrustOptions): Promise<Basis> {
  if (options.founding !== undefined) {
    const { kind, version, signed } = await readSigned(options.founding)
    if (kind === 'root' && version === 1) return { firstRoot: signed }
    throw usage(`${options.founding} is not the first root of a network.`)
  }
  return isForNewNetwork(file) ? { firstRoot: undefined } : { registry: await openRegistry(options) }
}

function isForNewNetwork({ kind, version, signed }: SignedFile): boolean {
  if (kind === 'root') return version === 1
  return kind === 'join' && (JSON.parse(signed.document) as { net?: unknown }).net === null
}

import {
  FocalpointError,
  isError,
  isObject,
  openTrust,
  parseSignedText,
  type Registry,
  type SignedDocument,
} from '#protocol'
import { createDurably } from '../../durable-file.ts'
import { readInput, unreadable } from '../input.ts'

/** What a signed file is: a word of its document tells. */
const marks = { coordinators: 'root', purpose: 'join', members: 'members', head: 'stop' } as const
export type DocumentKind = (typeof marks)[keyof typeof marks]

export interface SignedFile {
  path: string
  kind: DocumentKind
  /** None in join requests and stops. */
  version: number | undefined
  signed: SignedDocument
  /** It comes from a trust file, where it was in force already. */
  fromTrust?: true
}

/** Everybody may read what is signed: it is sent from hand to hand. */
const readableByAll = { mode: 0o644 }

/** A signed document and what it is; nothing of it is verified yet. Throws `file-unreadable`. */
export async function readSigned(path: string): Promise<SignedFile> {
  const text = await readInput(path)
  if (isTrust(text)) {
    throw unreadable(path, `this is a trust file: "focalpoint members list --trust ${path}" shows it`)
  }
  return signedFile(path, parseAt(path, text))
}

/** The documents of several files; a trust.json gives all of its own, once they are verified. */
export async function readDocuments(paths: readonly string[]): Promise<SignedFile[]> {
  const files = await Promise.all(paths.map(readOneOrTrust))
  return gathered(files.flat())
}

/** Throws `already-there`. */
export async function writeSigned(path: string, signed: SignedDocument): Promise<void> {
  await createDurably(path, signedText(signed), readableByAll)
}

export function signedText(signed: SignedDocument): string {
  return `${JSON.stringify(signed, null, 2)}\n`
}

/** Coordinators may sign copies of one document at the same time: their signatures are put together. */
function gathered(files: readonly SignedFile[]): SignedFile[] {
  const byText = new Map<string, SignedFile>()
  for (const file of files) {
    const held = byText.get(file.signed.document)
    const signatures = [...new Set([...(held?.signed.signatures ?? []), ...file.signed.signatures])]
    byText.set(file.signed.document, { ...(held ?? file), signed: { ...file.signed, signatures } })
  }
  return [...byText.values()]
}

async function readOneOrTrust(path: string): Promise<SignedFile[]> {
  const text = await readInput(path)
  if (!isTrust(text)) return [signedFile(path, parseAt(path, text))]
  const { roots, signedMembers }: Registry = await openTrust(text)
  return [...roots.map(({ signed }) => signed), signedMembers].map(signed => ({
    ...signedFile(path, signed),
    fromTrust: true as const,
  }))
}

function isTrust(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && value.format === 'focalpoint-trust/1'
  } catch {
    return false
  }
}

function parseAt(path: string, text: string): SignedDocument {
  try {
    return parseSignedText(text)
  } catch (cause) {
    throw isError(cause) ? unreadable(path, 'it is no signed document of focalpoint', cause) : cause
  }
}

function signedFile(path: string, signed: SignedDocument): SignedFile {
  const document = documentIn(path, signed)
  const mark = Object.keys(marks).find(name => Object.hasOwn(document, name))
  if (mark === undefined) throw unreadable(path, 'its document is of no kind that this version knows')
  const version = typeof document.version === 'number' ? document.version : undefined
  return { path, kind: marks[mark as keyof typeof marks], version, signed }
}

function documentIn(path: string, { document }: SignedDocument): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(document)
    if (isObject(value)) return value
  } catch (cause) {
    throw unreadable(path, 'its document is not JSON', cause)
  }
  throw unreadable(path, 'its document is no JSON object')
}

export function usage(what: string): FocalpointError<'usage'> {
  return new FocalpointError('usage', what, { what })
}

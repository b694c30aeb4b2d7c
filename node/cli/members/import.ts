import { existsSync } from 'node:fs'
import {
  advanceRegistry,
  openTrust,
  type Registry,
  type SignedDocument,
  trustFingerprint,
  trustText,
} from '#protocol'
import { alreadyThere, createDurably, replaceDurably } from '../../durable-file.ts'
import { print, printJson, say } from '../talk.ts'
import { readDocuments, type SignedFile, usage } from './files.ts'
import { openRegistry, type TrustOptions, trustPath } from './trust.ts'

export interface ImportOptions extends TrustOptions {
  new?: boolean
  json?: boolean
  quiet?: boolean
}

/** Puts documents into the trust file here: for who has no running node, and for a network that begins. */
export async function importFiles(paths: readonly string[], options: ImportOptions): Promise<void> {
  const path = await trustPath(options.trust)
  const documents = inOrder(await readDocuments(paths))
  const before = options.new ? undefined : await openRegistry(options)
  if (options.new && existsSync(path)) throw alreadyThere(path)
  const after = before ? await advance(before, documents) : await begin(documents)
  if (before) await replaceDurably(path, trustText(after), { mode: 0o644 })
  else await createDurably(path, trustText(after), { mode: 0o644 })
  tell({ path, before, after }, options)
}

/** Roots first, then members documents, each from the oldest. */
function inOrder(files: readonly SignedFile[]): SignedFile[] {
  const unfit = files.find(({ kind }) => kind !== 'root' && kind !== 'members')
  if (unfit)
    throw usage(`${unfit.path} is neither a root nor a members document: a trust file holds only these.`)
  const rank = ({ kind, version = 0 }: SignedFile) => (kind === 'root' ? 0 : 1e9) + version
  return files.toSorted((a, b) => rank(a) - rank(b))
}

/** What is held already is passed over: a newer trust file brings the old roots along. */
async function advance(registry: Registry, files: readonly SignedFile[]): Promise<Registry> {
  let current = registry
  for (const { kind, signed } of files) {
    current = await advanceRegistry(current, kind === 'root' ? { roots: [signed] } : { members: signed })
  }
  return current
}

async function begin(files: readonly SignedFile[]): Promise<Registry> {
  const [first, ...more] = files.filter(({ kind }) => kind === 'root').map(({ signed }) => signed)
  const members = files.findLast(({ kind }) => kind === 'members')
  if (first === undefined || members === undefined) {
    throw usage(
      'A network begins with its first root and a members document: give both files, or a trust.json.',
    )
  }
  const roots: SignedDocument[] = [first, ...more]
  const trust = { format: 'focalpoint-trust/1', roots, members: members.signed, seeds: [] }
  const registry = await openTrust(JSON.stringify(trust))
  return { ...registry, seeds: seedsOf(registry) }
}

/** Where the listed nodes are reached. */
function seedsOf({ members }: Registry): string[] {
  return members.members.flatMap(({ nodes }) =>
    nodes.flatMap(({ peerId, addrs }) => addrs.map(addr => `${addr}/p2p/${peerId}`)),
  )
}

interface Imported {
  path: string
  before: Registry | undefined
  after: Registry
}

function tell({ path, before, after }: Imported, { json, quiet }: ImportOptions): void {
  const now = trustFingerprint(after)
  const was = before && trustFingerprint(before)
  const standing = { net: after.net, root: after.root.version, members: after.members.version }
  if (json) printJson({ trust: path, ...standing, ...(was && { before: was }), fingerprint: now })
  else print([...(was ? [`before  ${was}`] : []), `now     ${now}`].join('\n'))
  const words =
    was === now
      ? 'Nothing was new.'
      : `${path} now holds root ${standing.root} and members document ${standing.members}.`
  say(`${words} Compare the fingerprint with another participant.`, { quiet })
}

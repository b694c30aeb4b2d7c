import { existsSync } from 'node:fs'
import {
  FocalpointError,
  findMember,
  netOf,
  parseRoot,
  proposeRequest,
  type Registry,
  type Root,
  type SignedDocument,
  signDocument,
  thumbprint,
  verifyJoinRequest,
} from '#protocol'
import { alreadyThere, replaceDurably } from '../../durable-file.ts'
import { checkCoordinatorKeyFile } from '../../single-key.ts'
import type { NodeAddress } from '../options.ts'
import type { PassphraseOption } from '../passphrase.ts'
import { print, printJson, say } from '../talk.ts'
import { assess } from './assess.ts'
import { assessmentJson, assessmentText, signatureLines } from './assessment-text.ts'
import { confirmNumber } from './confirm.ts'
import { openKeyFor } from './coordinator.ts'
import { checkExpiryIn } from './expiry.ts'
import { readSigned, type SignedFile, signedText, usage, writeSigned } from './files.ts'
import { stopNotes, tellUnchecked } from './known-at-node.ts'
import { tellBasis } from './newest.ts'
import { firstPlaces, fromNode, lastPlaces } from './places.ts'
import { adviceForRequests, withPlacesAdvice } from './places-advice.ts'
import { datesOf } from './propose.ts'
import { rememberSigning } from './signed-before.ts'
import { type Basis, basisFor, type TrustOptions } from './trust.ts'
import { wrapped } from './wrap.ts'

export interface ApproveOptions extends TrustOptions, NodeAddress, PassphraseOption {
  key: string
  out?: string
  safetyNumber?: string
  from?: string[]
  end?: string[]
  expires?: string
  again?: boolean
  json?: boolean
}

/** One coordinator's signature, after that person has seen what changes and compared the safety number. */
export async function approveFile(path: string, options: ApproveOptions): Promise<void> {
  await checkCoordinatorKeyFile(options.key)
  const file = await readSigned(path)
  const basis = await basisFor(file, options)
  const heard = await assess(file, basis)
  const proposal = file.kind === 'join' ? await grant(file, basis, options) : file
  checkPlace(proposal, file, options)
  const judged = proposal === file ? heard : await assess(proposal, basis)
  const stopped = await stopNotes(file, { registry: basis.registry, address: options })
  const shown = { ...judged, notes: [...judged.notes, ...stopped] }
  if (proposal !== file) say(`${assessmentText({ ...heard, changes: [], notes: [] })}\n`)
  say(assessmentText(shown))
  checkExpiryIn(proposal.kind, proposal.signed, cures[proposal === file ? 'made by others' : 'made here'])
  await confirmNumber(heard.safetyNumber, options.safetyNumber)
  const signed = await sign(proposal, basis, options)
  const after = await assess({ ...proposal, signed }, basis)
  const written = await write({ ...proposal, signed }, file, options)
  if (options.json) printJson(assessmentJson(written, after))
  else print(written)
  const [by, ...needed] = signatureLines(after)
  say(wrapped(`\nSigned: ${by}. Still needed: ${needed.join('; ')}.`))
  say(wrapped(nextStep(after.missing.length === 0, { written, number: after.safetyNumber, basis })))
}

const cures = {
  'made here': 'Give a later one with --expires.',
  'made by others': 'Nothing was signed: ask for a proposal with a later day.',
} as const

/** Before anybody signs: what a key has signed once it does not sign in another form. */
function checkPlace({ path: own }: SignedFile, file: SignedFile, { out }: ApproveOptions): void {
  const path = out ?? own
  if (path !== file.path && existsSync(path)) throw alreadyThere(path)
}

/** The members document that grants a request, still unsigned. */
async function grant(file: SignedFile, { registry }: Basis, options: ApproveOptions): Promise<SignedFile> {
  if (registry === undefined) {
    throw usage(
      'This request is to found a network: the coordinators run "focalpoint members found" with it.',
    )
  }
  const { request } = await verifyJoinRequest(file.signed, registry)
  await tellBasis(registry, options)
  const places = await placesFor(registry, request.member, { channels: request.channels, options })
  const document = withPlacesAdvice(adviceForRequests, () =>
    proposeRequest(registry, { request, ...places, dates: datesOf(options) }),
  )
  const version = registry.members.version + 1
  return { path: `members-${version}.json`, kind: 'members', version, signed: { document, signatures: [] } }
}

interface PlacesWanted {
  channels: readonly string[]
  options: ApproveOptions
}

async function placesFor(registry: Registry, id: string, { channels, options }: PlacesWanted) {
  const member = findMember(registry, id)
  if (member === undefined) return {}
  const { from: first, end: last } = options
  const asked = { registry, member, node: options }
  const spoken = [...new Set(member.signing.flatMap(key => Object.keys(key.from)))]
  const again = channels.filter(channel => spoken.includes(channel))
  const from = first && (await firstPlaces({ ...asked, texts: first, channels: again }))
  const ends = last && (await lastPlaces({ ...asked, texts: last, channels: spoken }))
  if (last && !last.includes(fromNode)) await tellUnchecked(id, ends ?? {}, options)
  return { ...(from && { from }), ...(ends && { ends }) }
}

async function sign(
  { kind, signed: { document, signatures } }: SignedFile,
  basis: Basis,
  options: ApproveOptions,
): Promise<SignedDocument> {
  if (kind === 'stop' || kind === 'join') throw usage('A stop needs no coordinator: publish it as it is.')
  const net = netFor(document, basis)
  const key = await openKeyFor({ net, roots: rootsFor(kind, document, basis) }, options)
  const signature = await signDocument({ document, typ: `${kind}+jws`, key })
  if (signatures.includes(signature)) {
    throw new FocalpointError(
      'signature-repeated',
      'This key has signed the document already: it counts once.',
      {
        kid: thumbprint(key),
      },
    )
  }
  const { version } = JSON.parse(document) as { version: number }
  await rememberSigning(options.key, { kid: thumbprint(key), net, kind, version, document }, options)
  return { document, signatures: [...signatures, signature] }
}

/** A root is signed by the coordinators before and after, a members document by those of the newest root. */
function rootsFor(kind: 'root' | 'members', document: string, { registry, firstRoot }: Basis): Root[] {
  const before = registry ? [registry.root] : firstRoot ? [parseRoot(firstRoot.document)] : []
  return kind === 'root' ? [...before, parseRoot(document)] : before
}

function netFor(document: string, { registry, firstRoot }: Basis): string {
  return registry?.net ?? netOf(firstRoot?.document ?? document)
}

/** A document gains its signature where it is; what a request asks for becomes a file of its own. */
async function write(proposal: SignedFile, file: SignedFile, { out }: ApproveOptions): Promise<string> {
  const path = out ?? proposal.path
  if (path === file.path) await replaceDurably(path, signedText(proposal.signed), { mode: 0o644 })
  else await writeSigned(path, proposal.signed)
  return path
}

interface Written {
  written: string
  number: string
  basis: Basis
}

function nextStep(isComplete: boolean, { written, number, basis }: Written): string {
  if (!isComplete) {
    return `Next: send ${written} to the next coordinator, and read its safety number to them:\n  ${number}`
  }
  return basis.registry
    ? `Next: focalpoint members publish ${written}, and focalpoint members import ${written} for the trust file here.`
    : 'Next: when root and members document are both signed, focalpoint members import --new root-1.json members-1.json.'
}

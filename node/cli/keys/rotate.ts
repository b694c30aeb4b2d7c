import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  FocalpointError,
  type JoinRequest,
  type Member,
  type PrivateJwk,
  peerIdOfJwk,
  safetyNumber,
  signJoinRequest,
  thumbprint,
} from '#protocol'
import { alreadyThere, createDurably } from '../../durable-file.ts'
import { type Keys, readKeyFile, readKeyNames, replaceKeyFile, settledKeys } from '../../keys.ts'
import { askedFor, makePrivateKey, publicHalf, type Sealing } from '../../secret-file.ts'
import { openRecoveryKey } from '../../single-key.ts'
import { loadFrom } from '../config.ts'
import type { Listing } from '../options.ts'
import { passphraseFor, recoveryPassphraseFor } from '../passphrase.ts'
import { printJson, say } from '../talk.ts'
import type { KeyOptions } from './command.ts'
import { type Standing, standingOf } from './standing.ts'

export interface RotateOptions extends KeyOptions, Listing {
  out?: string
  with?: string
  recoveryPassphraseFd?: number
}

/** A new key into the file beside the old one, and the request for it; the node goes on with the old key meanwhile. */
export async function rotateKey(options: RotateOptions): Promise<void> {
  const { config } = await loadFrom(options)
  const out = options.out === undefined ? freeName() : resolve(options.out)
  if (existsSync(out)) throw alreadyThere(out)
  const passphrase = passphraseFor(config.keyFile, options)
  const { form } = await readKeyNames(config.keyFile)
  const keys = await readKeyFile(config.keyFile, { demonstration: 'refused', passphrase })
  const standing = await standingOf(keys.member, { ...options, trustFile: config.trustFile })
  const member = listedMember(keys.member, standing)
  const rotated = withNext(keys, member)
  const prover = member.status === 'active' ? await voucherOf(rotated, member, options) : rotated.node
  const request = await signJoinRequest({
    request: requestOf(rotated, member, standing.net),
    keys: [prover, rotated.next],
  })
  if (rotated !== keys) {
    const sealing: Sealing =
      form === 'plain' ? { unencrypted: true } : { passphrase: await askedFor(config.keyFile, passphrase) }
    await replaceKeyFile(config.keyFile, rotated, sealing)
  }
  await createDurably(out, `${JSON.stringify(request, null, 2)}\n`, { mode: 0o644 })
  const number = safetyNumber(request.document)
  const next = thumbprint(rotated.next)
  if (options.json) printJson({ member: member.id, next, request: out, safetyNumber: number })
  else
    for (const line of whatNext({ out, number, next, after: situationOf(member, options) }))
      say(line, options)
}

/** Requests are told apart by their day: "key-request-2026-11-22.json", then "key-request-2026-11-22-2.json". */
function freeName(): string {
  const day = new Date().toISOString().slice(0, 10)
  let path = resolve(`key-request-${day}.json`)
  for (let count = 2; existsSync(path); count += 1) path = resolve(`key-request-${day}-${count}.json`)
  return path
}

type Rotated = Keys & { next: PrivateJwk }

/** The same `next` until the registry has it: a request that was lost is made again for the same key. */
export function withNext(keys: Keys, member: Member): Rotated {
  const find = (key: PrivateJwk) => member.signing.find(({ kid }) => kid === thumbprint(key))
  if (!hasNext(keys)) return { ...keys, next: makePrivateKey() }
  if (find(keys.next) === undefined) return keys
  const settled = settledKeys(keys, member)
  if (settled !== undefined) return { ...settled, next: makePrivateKey() }
  const what = 'a rotation is under way'
  throw new FocalpointError(
    'conflict',
    'A rotation is under way: the registry has the new key, and has not yet ended the old one. Ask the coordinators to end the old key at its last place, then rotate again.',
    { what },
  )
}

function hasNext(keys: Keys): keys is Rotated {
  return keys.next !== undefined
}

/** The key in force says that the new one is its member's; the recovery key where that one is lost or stolen. */
async function voucherOf(
  { signing, member: id }: Keys,
  member: Member,
  options: RotateOptions,
): Promise<PrivateJwk> {
  const { with: path } = options
  if (path !== undefined) {
    const { owner, key } = await openRecoveryKey(path, recoveryPassphraseFor(path, options))
    if (owner === id) return key
    throw notKnown(id, `${path} is of ${owner}`)
  }
  const listed = member.signing.find(({ kid }) => kid === thumbprint(signing))
  if (listed !== undefined && listed.end === undefined) return signing
  throw notKnown(id, 'its signing key is not in force: ask with the recovery key, --with recovery-key.json')
}

function requestOf(rotated: Rotated, member: Member, net: string): JoinRequest {
  const { next } = rotated
  const { names, kind, channels, nodes, contacts } = member
  const [recovery] = member.recovery
  if (recovery === undefined) throw notKnown(member.id, 'the registry has no recovery key of it')
  const isActive = member.status === 'active'
  const peerId = peerIdOfJwk(rotated.node)
  const addrs = nodes.find(each => each.peerId === peerId)?.addrs ?? []
  return {
    net,
    // Who was suspended or has left comes back as one that joins, proven by its node key and the new signing key.
    purpose: isActive ? 'key' : 'join',
    member: member.id,
    names,
    kind,
    channels,
    nodes: isActive ? nodes : [{ peerId, addrs }],
    signing: { kid: thumbprint(next), jwk: publicHalf(next) },
    recovery,
    contacts,
    iat: Math.floor(Date.now() / 1000),
  }
}

function listedMember(id: string, { member }: Standing): Member {
  if (member) return member
  throw notKnown(id, 'this registry does not list it')
}

function notKnown(member: string, what: string): FocalpointError<'keys-not-in-registry'> {
  return new FocalpointError('keys-not-in-registry', `The key of ${member} cannot be changed: ${what}.`, {
    member,
    what,
  })
}

interface Rotation {
  out: string
  number: string
  next: string
  after: Situation
}

/** `returning` from a suspension, or after it left: its old keys have ended. `lost` is a key that was stopped or stolen. */
type Situation = 'planned' | 'returning' | 'lost'

function situationOf({ status }: Member, options: RotateOptions): Situation {
  if (status !== 'active') return 'returning'
  return options.with === undefined ? 'planned' : 'lost'
}

const running: Record<Situation, string> = {
  planned: 'it signs with the old key, and with the new one as soon as the registry lets it.',
  returning: 'it signs with the new key as soon as the registry lets it.',
  lost: 'it goes on reading, and signs with the new key as soon as the registry lets it. If the old key is in other hands, stop it at once: "focalpoint keys stop".',
}

const ending: Record<Situation, string[]> = {
  planned: [
    '5. Once a notice is out with the new key, ask the coordinators to end the old one at its last place.',
  ],
  returning: [],
  lost: [
    '5. Ask the coordinators to end the old key in the same document, at the last place that was yours.',
  ],
}

function whatNext({ out, number, next, after }: Rotation): string[] {
  return [
    `A new signing key is in the key file beside the old one: ${next}`,
    '',
    'What to do next',
    `1. Send ${out} to a coordinator: it holds no secret.`,
    '2. Call the coordinators at a number that you know from elsewhere, and read these twelve groups to them:',
    '',
    `     ${number.slice(0, 35)}`,
    `     ${number.slice(36)}`,
    '',
    `3. Leave the node running: ${running[after]}`,
    '4. Make a backup: the key file has changed.',
    ...ending[after],
  ]
}

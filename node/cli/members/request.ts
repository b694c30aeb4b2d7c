import {
  FocalpointError,
  findMember,
  type JoinRequest,
  type Member,
  type PrivateJwk,
  type PublicJwk,
  peerIdOfJwk,
  type Registry,
  safetyNumber,
  signJoinRequest,
  thumbprint,
  verifyJoinRequest,
} from '#protocol'
import { type Keys, readKeyFile } from '../../keys.ts'
import { publicHalf } from '../../secret-file.ts'
import { openRecoveryKey } from '../../single-key.ts'
import { loadFrom } from '../config.ts'
import { answers } from '../init/plan.ts'
import { type PassphraseOption, passphraseFor } from '../passphrase.ts'
import { print, printJson, say } from '../talk.ts'
import { usage, writeSigned } from './files.ts'
import { openRegistry, type TrustOptions } from './trust.ts'

export interface RequestOptions extends TrustOptions, PassphraseOption {
  purpose: string
  keyFile?: string
  recoveryKey?: string
  found?: boolean
  name?: string[]
  kind?: string
  channel?: string[]
  addr?: string[]
  contact?: string[]
  out?: string
  json?: boolean
}

const purposes = ['join', 'key', 'channels'] as const satisfies readonly JoinRequest['purpose'][]

/** What a member asks of the coordinators, signed by the keys that prove it. */
export async function writeRequest(options: RequestOptions): Promise<void> {
  const purpose = purposes.find(each => each === options.purpose)
  if (purpose === undefined) throw usage(`The purpose is one of ${purposes.join(', ')}.`)
  const keyFile = options.keyFile ?? (await loadFrom({})).config.keyFile
  const registry = options.found ? undefined : await openRegistry(options)
  const keys = await readKeyFile(keyFile, {
    demonstration: 'refused',
    passphrase: passphraseFor(keyFile, options),
  })
  const chosen = await chooseKeys({ purpose, keys, registry, options })
  const request = requestFrom({ purpose, keys, registry, options, signing: chosen.signing })
  const signed = await signJoinRequest({ request, keys: chosen.signers(request) })
  await verifyJoinRequest(signed, registry)
  const path = options.out ?? `${purpose}-request.json`
  await writeSigned(path, signed)
  const number = safetyNumber(signed.document)
  if (options.json) printJson({ file: path, purpose, member: request.member, safetyNumber: number })
  else print(path)
  say(
    `Send ${path} to a coordinator. Then call the coordinators and read them these twelve groups:\n  ${number}`,
  )
}

interface Choosing {
  purpose: JoinRequest['purpose']
  keys: Keys
  registry: Registry | undefined
  options: RequestOptions
}

interface Chosen {
  /** The signing key that the request names. */
  signing: PublicJwk
  signers: (request: JoinRequest) => PrivateJwk[]
}

/** The new keys prove themselves; a key in force, or the recovery key, proves whose request it is. */
async function chooseKeys({ purpose, keys, registry, options }: Choosing): Promise<Chosen> {
  const standing = registry && findMember(registry, keys.member)
  const isListed = (peerId: string) => standing?.nodes.some(node => node.peerId === peerId) ?? false
  const newNode = ({ nodes }: JoinRequest) =>
    nodes.some(({ peerId }) => peerId === peerIdOfJwk(keys.node) && !isListed(peerId)) ? [keys.node] : []
  const held = keys.next ? [keys.next, keys.signing] : [keys.signing]
  const known = held.filter(key => standing?.signing.some(({ kid }) => kid === thumbprint(key)))
  if (purpose === 'join') {
    const signing = (known.includes(keys.signing) && keys.next) || keys.signing
    return { signing, signers: () => [keys.node, signing] }
  }
  const open = known.find(key =>
    standing?.signing.some(({ kid, end }) => kid === thumbprint(key) && end === undefined),
  )
  if (purpose === 'channels') {
    if (open === undefined) throw notInForce(keys.member, 'its signing key is not in force in the registry')
    return { signing: open, signers: request => [open, ...newNode(request)] }
  }
  const fresh = held.find(key => !known.includes(key))
  if (fresh === undefined)
    throw usage('The key file holds no new signing key: make one with "focalpoint keys rotate".')
  const voucher =
    options.recoveryKey === undefined ? open : (await recoveryFrom(options.recoveryKey, options)).key
  if (voucher === undefined)
    throw usage('No signing key here is in force: give the recovery key with --recovery-key.')
  return { signing: fresh, signers: request => [fresh, voucher, ...newNode(request)] }
}

function recoveryFrom(path: string, options: PassphraseOption) {
  return openRecoveryKey(path, passphraseFor(path, options))
}

/** As the member stands in the registry, but for what was given. */
function requestFrom({
  purpose,
  keys,
  registry,
  options,
  signing,
}: Choosing & { signing: PublicJwk }): JoinRequest {
  const standing = registry && findMember(registry, keys.member)
  const { recovery } = keys
  if (recovery === undefined) throw notInForce(keys.member, 'its key file does not name a recovery key')
  return {
    net: registry?.net ?? null,
    purpose,
    member: keys.member,
    names: namesFrom(options.name) ?? standing?.names ?? missing('name'),
    kind: options.kind === undefined ? (standing?.kind ?? 'state') : answers.kind(options.kind),
    channels: options.channel?.map(answers.channel) ?? standing?.channels ?? missing('channel'),
    nodes: nodesFrom(keys, { standing, addrs: options.addr?.map(answers.address) }),
    signing: registered(signing),
    recovery: registered(recovery),
    contacts: options.contact?.map(answers.contact) ?? standing?.contacts ?? missing('contact'),
    iat: Math.floor(Date.now() / 1000),
  }
}

/** Our node among those of the member; one that the registry does not know takes the place of all. */
function nodesFrom(
  { node }: Keys,
  { standing, addrs }: { standing: Member | undefined; addrs: string[] | undefined },
): JoinRequest['nodes'] {
  const peerId = peerIdOfJwk(node)
  const listed = standing?.nodes.find(each => each.peerId === peerId)
  if (listed === undefined) return [{ peerId, addrs: addrs ?? [] }]
  return (standing?.nodes ?? []).map(each =>
    each === listed ? { peerId, addrs: addrs ?? each.addrs } : each,
  )
}

function namesFrom(given: readonly string[] | undefined): JoinRequest['names'] | undefined {
  if (given === undefined) return undefined
  const { en = missing('name'), ...others } = Object.fromEntries(given.map(answers.name))
  return { en, ...others }
}

function registered(key: PublicJwk): JoinRequest['signing'] {
  return { kid: thumbprint(key), jwk: publicHalf(key) }
}

function missing(flag: string): never {
  throw usage(`--${flag} is needed: the registry does not know this participant yet.`)
}

function notInForce(member: string, what: string): FocalpointError<'keys-not-in-registry'> {
  return new FocalpointError(
    'keys-not-in-registry',
    `This request cannot be made for ${member}: ${what}. Check the key file and the trust file, or ask a coordinator.`,
    { member, what },
  )
}

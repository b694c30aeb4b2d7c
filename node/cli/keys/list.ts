import { FocalpointError, isError, jwkOfPeerId, type Member, type SigningKey, thumbprint } from '#protocol'
import type { KeyNames } from '../../key-file.ts'
import { readKeyNames } from '../../keys.ts'
import { type NetworkAnswer, networkAnswer } from '../answers.ts'
import { clientFrom } from '../client.ts'
import { loadFrom } from '../config.ts'
import type { Listing } from '../options.ts'
import { fittingText } from '../table.ts'
import { print, printJson, say } from '../talk.ts'
import type { KeyOptions } from './command.ts'
import { signersOf } from './signers.ts'
import { isNodeNamed, type Standing, standingOf } from './standing.ts'

export interface ListedKey {
  use: 'node' | 'signing' | 'next signing' | 'recovery'
  kid: string
  /** Whether the key file holds it; of the recovery key only its name. */
  inFile: boolean
  /** One for each channel in which the key speaks; in words where it is no signing key. */
  states: { channel?: string; state: string }[]
}

/** Ends with 4 where the key file cannot speak in a channel that the member has joined. */
export async function listKeys(options: KeyOptions & Listing): Promise<void> {
  const { config } = await loadFrom(options)
  const { member, kids, form } = await readKeyNames(config.keyFile)
  const standing = await standingOf(member, { ...options, trustFile: config.trustFile })
  const network = isNodeNamed(options) ? await networkFrom(options) : undefined
  const keys = withStops(keysOf(kids, standing.member), network)
  if (options.json) printJson(keys)
  else {
    const rows = keys.flatMap(({ use, kid, inFile, states }) =>
      states.map(({ channel = '', state }) => [use, inFile ? 'yes' : 'no', channel, state, kid]),
    )
    print(fittingText(['use', 'in file', 'channel', 'state', 'key'], rows))
  }
  say(`${member}: ${config.keyFile} is ${form === 'sealed' ? 'encrypted' : 'NOT encrypted'}.`, options)
  for (const { channel, who } of signersOf(kids, standing.member, network)) {
    say(`Signing now in ${channel}: ${who}`, options)
  }
  say(`States by ${standing.source}.`, options)
  checkCanSpeak(member, kids, standing)
}

/** What a node says of itself, for a coordinator's token. */
async function networkFrom(options: KeyOptions): Promise<NetworkAnswer | undefined> {
  try {
    return await (await clientFrom(options)).get('/v1/network', networkAnswer)
  } catch (error) {
    if (isError(error, 'forbidden')) return undefined
    throw error
  }
}

/** A stop is known to nodes, and to the registry only once it has decided. */
function withStops(keys: ListedKey[], network: NetworkAnswer | undefined): ListedKey[] {
  const own = network?.participants.find(({ member }) => member === network.member)
  const stopped = own?.keys.flatMap(({ kid, state }) => (state === 'stopped' ? [kid] : [])) ?? []
  const told = 'stopped: the registry has to decide'
  return keys.map(key => ({
    ...key,
    states: key.states.map(each =>
      stopped.includes(key.kid) && each.state.startsWith('in force') ? { ...each, state: told } : each,
    ),
  }))
}

/** Those of the file first, then what the registry lists besides. */
function keysOf(kids: KeyNames, member: Member | undefined): ListedKey[] {
  const nodes = (member?.nodes ?? []).flatMap(({ peerId }) => jwkOfPeerId(peerId) ?? []).map(thumbprint)
  const recovery = (member?.recovery ?? []).map(({ kid }) => kid)
  const signing = (member?.signing ?? []).map(({ kid }) => kid)
  const held = [
    { use: 'signing' as const, kid: kids.signing },
    ...(kids.next === undefined ? [] : [{ use: 'next signing' as const, kid: kids.next }]),
  ]
  const signingOf = (kid: string) => member?.signing.find(each => each.kid === kid)
  return [
    { use: 'node', kid: kids.node, inFile: true, states: listed(nodes.includes(kids.node)) },
    ...held.map(each => ({ ...each, inFile: true, states: signingStates(signingOf(each.kid)) })),
    ...(kids.recovery === undefined
      ? []
      : [
          {
            use: 'recovery' as const,
            kid: kids.recovery,
            inFile: false,
            states: listed(recovery.includes(kids.recovery)),
          },
        ]),
    ...besides('node', nodes, [kids.node]),
    ...signing
      .filter(kid => !held.some(each => each.kid === kid))
      .map(kid => ({ use: 'signing' as const, kid, inFile: false, states: signingStates(signingOf(kid)) })),
    ...besides('recovery', recovery, [kids.recovery]),
  ]
}

function besides(
  use: 'node' | 'recovery',
  listedKids: readonly string[],
  ours: readonly (string | undefined)[],
): ListedKey[] {
  return listedKids
    .filter(kid => !ours.includes(kid))
    .map(kid => ({ use, kid, inFile: false, states: listed(true) }))
}

function listed(isListed: boolean): ListedKey['states'] {
  return [{ state: isListed ? 'in the registry' : notYet }]
}

const notYet = 'not yet in the registry'

function signingStates(key: SigningKey | undefined): ListedKey['states'] {
  if (key === undefined) return [{ state: notYet }]
  const because = key.reason === undefined ? '' : `: ${key.reason}`
  return Object.entries(key.from).map(([channel, from]) => {
    const end = key.end?.[channel]
    if (end === undefined) return { channel, state: `in force from place ${from}` }
    return {
      channel,
      state: end.seq < from ? `ended unused${because}` : `ended at place ${end.seq}${because}`,
    }
  })
}

function checkCanSpeak(id: string, kids: KeyNames, { member }: Standing): void {
  const ours = [kids.signing, kids.next]
  const open = (member?.signing ?? []).filter(({ kid, end }) => ours.includes(kid) && end === undefined)
  const silent = (member?.channels ?? []).filter(channel => !open.some(({ from }) => channel in from))
  if (member !== undefined && silent.length === 0) return
  const what =
    member === undefined
      ? `the registry does not list ${id}`
      : `no signing key of the file is in force in ${silent.join(', ')}`
  throw new FocalpointError(
    'keys-not-in-registry',
    `This node cannot speak for ${id}: ${what}. Where you have asked for it, wait for the coordinators' next members document.`,
    { member: id, what },
  )
}

import type { Command } from 'commander'
import { FocalpointError, isError } from '#protocol'
import { type HealthAnswer, healthAnswer, type NetworkAnswer, networkAnswer } from './answers.ts'
import { type Client, clientFrom } from './client.ts'
import { wrapped } from './members/wrap.ts'
import { asClient, type Listing, type NodeAddress } from './options.ts'
import { print, printJson, styled } from './talk.ts'

export function describeStatus(command: Command): void {
  asClient(command).action(showStatus)
}

async function showStatus({ json, ...address }: NodeAddress & Listing): Promise<void> {
  const client = await clientFrom(address)
  const [health, network] = await Promise.all([client.get('/readyz', healthAnswer), networkFrom(client)])
  if (json) printJson({ url: client.url, ...health, ...network })
  else printStatus(client.url, health, network)
  if (health.ready) return
  const failing = health.checks.flatMap(({ name, ok }) => (ok ? [] : [name]))
  throw new FocalpointError('node-not-ready', `The node is not ready: see ${failing.join(', ')}.`, {
    failing,
  })
}

function printStatus(url: string, health: HealthAnswer, network: NetworkAnswer | undefined): void {
  const word = health.ready ? styled('green', 'ready') : styled('red', 'not ready')
  const checks = health.checks.map(({ name, ok, detail }) => `  ${ok ? '✔' : '✘'} ${name}: ${detail}`)
  const title = network === undefined ? url : `${styled('bold', network.member)} at ${url}`
  print(wrapped([`${title}: ${word}`, ...checks, ...networkLines(network)].join('\n')))
}

/** "stopped: why", and what is only for a time with a sentence after it. */
function stateText({ state, reason }: { state: string; reason?: string | undefined }): string {
  if (reason === undefined) return state
  return state === 'stopped' ? `${state}: ${reason}` : `${state}. ${reason}`
}

/** Everybody may ask how a node is; how the others are is for coordinators. */
async function networkFrom(client: Client): Promise<NetworkAnswer | undefined> {
  try {
    return await client.get('/v1/network', networkAnswer)
  } catch (error) {
    if (isError(error, 'forbidden')) return undefined
    throw error
  }
}

function networkLines(network: NetworkAnswer | undefined): string[] {
  if (network === undefined) return ['  The rest is for coordinators: use a token with that role.']
  const { member, participants, channels, signing, registry, alarms } = network
  const others = participants.filter(participant => participant.member !== member)
  const byStatus = Map.groupBy(others, ({ status }) => status)
  const counted = [...byStatus].map(([status, { length }]) => `${length} ${status}`)
  const until = registry.expired ? 'expired on' : 'in force until'
  return [
    ...channels.flatMap(({ channel, state, reason, key }) => [
      `  signing   ${channel}: ${stateText({ state, reason })}`,
      ...(key === undefined ? [] : [`  key       ${channel}: ${key} signs now`]),
    ]),
    ...(channels.length === 0 ? [`  signing   ${stateText(signing)}`] : []),
    `  registry  root ${registry.root}, members ${registry.members}, ${until} ${registry.expires.slice(0, 10)}`,
    `  peers     ${counted.length === 0 ? 'nobody else is in the registry' : counted.join(', ')}`,
    ...alarms.map(({ at, detail }) => `  ${styled('red', 'alarm')}     ${detail} (since ${at})`),
  ]
}

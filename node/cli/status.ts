import type { Command } from 'commander'
import { healthAnswer, networkAnswer } from './answers.ts'
import { clientFrom } from './client.ts'
import { asClient, type Listing, type NodeAddress } from './options.ts'
import { print, printJson, styled } from './talk.ts'

export function describeStatus(command: Command): void {
  asClient(command).action(showStatus)
}

async function showStatus({ json, ...address }: NodeAddress & Listing): Promise<void> {
  const client = await clientFrom(address)
  const [health, network] = await Promise.all([
    client.get('/readyz', healthAnswer),
    client.get('/v1/network', networkAnswer),
  ])
  if (json) {
    printJson({ url: client.url, ...health, ...network })
    return
  }
  const { member, participants, signing, registry } = network
  const others = participants.filter(participant => participant.member !== member)
  const upToDate = others.filter(participant => participant.status === 'up to date')
  print(
    [
      `${styled('bold', member)} at ${client.url}: ${health.ready ? styled('green', 'ready') : styled('red', 'not ready')}`,
      ...health.checks.map(({ name, ok, detail }) => `  ${ok ? '✔' : '✘'} ${name}: ${detail}`),
      `  signing   ${signing.state}${signing.reason === undefined ? '' : `: ${signing.reason}`}`,
      `  registry  root ${registry.root}, members ${registry.members}, in force until ${registry.expires}`,
      `  peers     ${upToDate.length} of ${others.length} up to date`,
    ].join('\n'),
  )
}

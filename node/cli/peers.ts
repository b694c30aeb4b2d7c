import type { Command } from 'commander'
import { networkAnswer } from './answers.ts'
import { clientFrom } from './client.ts'
import { asClient, type Listing, type NodeAddress } from './options.ts'
import { tableText } from './table.ts'
import { print, printJson } from './talk.ts'

export function describePeers(command: Command): void {
  asClient(command).action(listPeers)
}

async function listPeers({ json, ...address }: NodeAddress & Listing): Promise<void> {
  const client = await clientFrom(address)
  const { member: own, participants } = await client.get('/v1/network', networkAnswer)
  if (json) {
    printJson(participants)
    return
  }
  const rows = participants.map(each => [
    each.member,
    each.names.en ?? '',
    each.status,
    String(each.behindBy),
    each.member === own ? 'this node' : (each.lastHeardAt ?? 'never'),
    each.clockDifferenceSeconds === undefined ? '' : `${each.clockDifferenceSeconds} s`,
    each.software ?? '',
    each.lastError ?? '',
  ])
  print(
    tableText(['member', 'name', 'status', 'behind', 'last heard', 'clock', 'software', 'last error'], rows),
  )
}

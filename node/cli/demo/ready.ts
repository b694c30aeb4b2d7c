import { roles } from '../../people.ts'
import { print, say, styled, styledTalk } from '../talk.ts'
import type { DemonstrationMember } from './alliance.ts'
import type { OpenedNode } from './messages.ts'

/** A demonstration that can be used. */
export interface Ready {
  nodes: readonly OpenedNode[]
  members: readonly DemonstrationMember[]
  /** Of each process. */
  rssBytes: readonly number[]
  seconds: number
  folder: string
  trustFile: string
}

/** Red, so that nobody takes what follows for true. */
export function sayRibbon(quiet: boolean | undefined): void {
  say(styledTalk(['bgRed', 'whiteBright', 'bold'], ' DEMO — fictional data '), { quiet })
}

export function tellReady(ready: Ready, { json, quiet }: { json?: boolean; quiet?: boolean }): void {
  if (json) print(JSON.stringify({ ready: true, nodes: ready.nodes.map(node => nodeJson(node, ready)) }))
  else print(ready.nodes.map(node => nodeText(node, ready)).join('\n'))
  say(`\nReady in ${ready.seconds.toFixed(1)} s. Verify any notice with --trust ${ready.trustFile}`, {
    quiet,
  })
  if (ready.nodes.length > ready.rssBytes.length) say(costText(ready), { quiet })
  say('Ctrl-C stops it.', { quiet })
  sayRibbon(quiet)
}

function nodeJson({ member, url, tokens, signIn, dataDir, peerId, pid }: OpenedNode, ready: Ready) {
  return { member, name: nameOf(member, ready), url, tokens, signIn, dataDir, peerId, pid }
}

function nodeText({ member, url, signIn, metricsUrl }: OpenedNode, ready: Ready): string {
  return [
    `${styled('bold', member.padEnd(8))}${nameOf(member, ready).padEnd(18)}${url}`,
    ...roles.map(role => `    ${role.padEnd(12)}${signIn[role]}`),
    ...(metricsUrl === undefined ? [] : [`    ${'metrics'.padEnd(12)}${metricsUrl}`]),
  ].join('\n')
}

function nameOf(member: string, { members }: Ready): string {
  return members.find(each => each.id === member)?.name ?? member
}

function costText({ nodes, rssBytes, seconds }: Ready): string {
  const mebibytes = rssBytes.reduce((sum, bytes) => sum + bytes, 0) / 2 ** 20
  return [
    `${nodes.length} nodes in ${rssBytes.length} processes:`,
    `${(seconds / nodes.length).toFixed(2)} s and ${(mebibytes / nodes.length).toFixed(0)} MiB of memory for each,`,
    `${mebibytes.toFixed(0)} MiB in all.`,
  ].join(' ')
}

import { z } from 'zod'
import { limits } from '#protocol'
import { clockDifferenceOf } from '../../health.ts'
import { healthAnswer, type NetworkAnswer, networkAnswer } from '../answers.ts'
import type { Client } from '../client.ts'
import { isOurs } from '../exit.ts'
import { type Finding, failed, ok, warning, wrong } from './finding.ts'

/** What a running node says of itself. */
export interface Running {
  findings: Finding[]
  isRunning: boolean
  network?: NetworkAnswer
}

/** The alarms that no other check looks at. */
const othersAlarms = ['fork-proven', 'key-stopped', 'registry-conflict', 'registry-chain-broken']

export async function checkRunning(client: Client): Promise<Running> {
  try {
    await client.get('/healthz', z.unknown())
  } catch (error) {
    if (!isOurs(error) || error.code !== 'node-unreachable')
      return { findings: [failed('node', error)], isRunning: true }
    const what = `No node answers at ${client.url}: its clock, its peers and its signing cannot be known.`
    return { findings: [warning('node', what, 'Start it, or say where it is with --url.')], isRunning: false }
  }
  const asked = await askNetwork(client)
  return {
    isRunning: true,
    findings: [
      ok('node', `answers at ${client.url}`),
      ...(await checkReady(client)),
      ...('network' in asked ? checkNetwork(asked.network) : [asked.finding]),
    ],
    ...('network' in asked && { network: asked.network }),
  }
}

async function askNetwork(client: Client): Promise<{ network: NetworkAnswer } | { finding: Finding }> {
  try {
    return { network: await client.get('/v1/network', networkAnswer) }
  } catch (error) {
    if (!isOurs(error) || !['unauthenticated', 'forbidden'].includes(error.code))
      return { finding: failed('network', error) }
    const what = 'Clock, peers and signing cannot be known without the token of a coordinator.'
    return { finding: warning('network', what, 'Give one with --token-file.') }
  }
}

async function checkReady(client: Client): Promise<Finding[]> {
  const { ready, checks } = await client.get('/readyz', healthAnswer)
  if (ready) return [ok('ready', checks.map(({ name }) => name).join(', '))]
  return checks
    .filter(check => !check.ok)
    .map(({ name, detail }) =>
      wrong(
        'ready',
        `Not ready because of its ${name}: ${detail}.`,
        `See what is said of the ${name} here, and its log.`,
      ),
    )
}

function checkNetwork(network: NetworkAnswer): Finding[] {
  return [
    checkClock(network),
    ...checkSigning(network),
    checkPeers(network),
    ...checkSoftware(network),
    ...checkAlarms(network),
  ]
}

function checkClock({ participants }: NetworkAnswer): Finding {
  const difference = clockDifferenceOf(participants)
  const todo = 'Let the machine keep its time by NTP (chrony or systemd-timesyncd).'
  if (difference === undefined)
    return warning(
      'clock',
      'No other node was heard yet, so nothing is known of it.',
      'Run this again later.',
    )
  const told = `${Math.abs(difference)} seconds from the median of the others`
  if (Math.abs(difference) > limits.clockToleranceSeconds)
    return wrong('clock', `It is ${told}: the node signs nothing.`, todo)
  if (Math.abs(difference) > limits.clockToleranceSeconds / 10)
    return warning('clock', `It is ${told}.`, todo)
  return ok('clock', told)
}

function checkSigning({ channels, signing }: NetworkAnswer): Finding[] {
  if (channels.length === 0) {
    const what = signing.reason ?? 'This node has joined no channel.'
    return [wrong('signing', what, 'Ask a coordinator to let it join one.')]
  }
  return channels.map(({ channel, state, reason = '' }) => {
    if (state === 'ready') return ok('signing', `ready in ${channel}`)
    const what = `${state} in ${channel}. ${reason}`.trim()
    return state === 'stopped'
      ? wrong('signing', what, 'Ask the coordinators: only the registry ends this.')
      : warning('signing', what, 'Wait, and run this again; another member must be reachable.')
  })
}

function checkPeers({ member, participants, alarms }: NetworkAnswer): Finding {
  const refused = alarms.find(({ code }) => code === 'refused-by-all')
  if (refused) return wrong('peers', ...inTwo(refused.detail))
  const others = participants.filter(each => each.member !== member && each.status !== 'suspended')
  const away = others.filter(({ status }) => !['up to date', 'catching up'].includes(status))
  if (others.length > 0 && away.length === others.length)
    return wrong(
      'peers',
      `None of ${others.length} members is heard.`,
      'See what is said of reach and port here.',
    )
  const told = `${others.length - away.length} of ${others.length} members are heard`
  if (away.length === 0) return ok('peers', told)
  const words = away.map(each => `${each.member} is ${each.status}`).join(', ')
  return warning('peers', `${told}; ${words}.`, 'Run "focalpoint peers" for the last error of each.')
}

/** What is so, and what to do: the last sentence. */
function inTwo(detail: string): [what: string, todo: string] {
  const end = detail.lastIndexOf('. ')
  return [detail.slice(0, end + 1), detail.slice(end + 2)]
}

/** Once most of the others run something newer it is time to follow. */
function checkSoftware({ member, participants }: NetworkAnswer): Finding[] {
  const own = participants.find(each => each.member === member)?.software
  const others = participants.flatMap(({ software }) => software ?? [])
  const newer = own === undefined ? [] : others.filter(each => isNewer(each, own))
  if (newer.length * 2 <= others.length) return []
  const what = `Most of the others run something newer than ${own}, such as ${newer[0]}.`
  return [warning('focalpoint', what, 'Upgrade: see node/deploy/README.md.')]
}

function isNewer(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) > 0
}

function checkAlarms({ alarms }: NetworkAnswer): Finding[] {
  return alarms
    .filter(({ code }) => othersAlarms.includes(code))
    .map(({ detail, at }) => warning('alarm', `${detail} (since ${at})`, 'Ask the coordinators.'))
}

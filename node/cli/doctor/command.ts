import { isIPv6 } from 'node:net'
import type { Command } from 'commander'
import { FocalpointError } from '#protocol'
import type { Config, LoadedConfig } from '../../config.ts'
import { clientFrom } from '../client.ts'
import { asConfigured, type ConfigFlags, loadFrom } from '../config.ts'
import { wrapped } from '../members/wrap.ts'
import { asClient, type Listing, type NodeAddress } from '../options.ts'
import { print, printJson, styled } from '../talk.ts'
import { checkFiles } from './files.ts'
import { type Finding, failed, ok } from './finding.ts'
import { checkMachine, checkVersions } from './machine.ts'
import { checkPort, checkReach } from './reach.ts'
import { checkRunning } from './running.ts'

type DoctorOptions = ConfigFlags & NodeAddress & Listing

export function describeDoctor(command: Command): void {
  asConfigured(asClient(command)).action(examine)
}

async function examine(options: DoctorOptions): Promise<void> {
  const findings = await findingsFor(options)
  if (options.json) printJson(findings)
  else print(wrapped(findingsText(options.quiet ? findings.filter(({ state }) => state !== 'ok') : findings)))
  const failing = [...new Set(findings.filter(({ state }) => state === 'wrong').map(({ check }) => check))]
  if (failing.length === 0) return
  throw new FocalpointError('checks-failed', `Something is wrong with: ${failing.join(', ')}.`, { failing })
}

/** Without a configuration only the programs themselves can be looked at. */
async function findingsFor(options: DoctorOptions): Promise<Finding[]> {
  const versions = await checkVersions()
  let loaded: LoadedConfig
  try {
    loaded = await loadFrom(options)
  } catch (error) {
    return [failed('configuration', error), ...versions]
  }
  const { config } = loaded
  const now = Math.floor(Date.now() / 1000)
  const client = await clientFrom({
    ...options,
    url: options.url ?? process.env.FOCALPOINT_URL ?? urlOf(config),
  })
  const running = await checkRunning(client)
  const files = await checkFiles(config, { now, network: running.network })
  const { member } = config
  const errors = new Map(
    (running.network?.participants ?? []).flatMap(each =>
      each.lastError === undefined ? [] : [[each.member, each.lastError] as const],
    ),
  )
  return [
    ok('configuration', sourcesText(loaded)),
    ...versions,
    ...files.findings,
    ...(await checkMachine(config, now)),
    ...running.findings,
    ...(await checkPort(config, running)),
    ...(files.registry ? await checkReach(files.registry, { member, errors }) : []),
  ]
}

function urlOf({ api: { host, port } }: Config): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

function sourcesText({ settings }: LoadedConfig): string {
  const set = settings.filter(({ origin }) => origin !== 'default')
  const files = new Set(set.flatMap(({ origin, source }) => (origin === 'file' && source ? [source] : [])))
  const from = files.size === 0 ? 'no file' : [...files].join(', ')
  return `read from ${from}; ${set.length} of ${settings.length} settings are set`
}

const marks = { ok: styled('green', '✔'), warning: styled('yellow', '!'), wrong: styled('red', '✘') } as const

function findingsText(findings: readonly Finding[]): string {
  const width = Math.max(0, ...findings.map(({ check }) => check.length))
  return findings
    .flatMap(({ check, state, what, todo }) => [
      `${marks[state]} ${check.padEnd(width)}  ${what}`,
      ...(todo === undefined ? [] : [`  ${' '.repeat(width)}  → ${todo}`]),
    ])
    .join('\n')
}

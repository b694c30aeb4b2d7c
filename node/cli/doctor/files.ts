import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  expiryOf,
  findKey,
  findMember,
  kidOfPeerId,
  limits,
  openTrust,
  type Registry,
  trustFingerprint,
} from '#protocol'
import type { Config } from '../../config.ts'
import { readKeyNames } from '../../keys.ts'
import type { NetworkAnswer } from '../answers.ts'
import { fileNames } from '../init/files.ts'
import { readInput } from '../input.ts'
import { type Finding, failed, ok, warning, wrong } from './finding.ts'

const daySeconds = 86_400
const registryReminderDays = 30

/** What can be seen in files; a running node knows a newer registry than the trust file that it began with. */
export async function checkFiles(
  config: Config,
  { now, network }: { now: number; network: NetworkAnswer | undefined },
): Promise<{
  findings: Finding[]
  registry?: Registry
}> {
  const trust = await checkTrust(config)
  const keys = await checkKeys(config, { registry: trust.registry, network })
  return {
    findings: [
      ...keys,
      ...checkRecoveryKey(config),
      trust.finding,
      ...expiryFindings({ registry: trust.registry, network, now }),
      await checkDataFolder(config),
      await checkLastSigned(config),
    ],
    ...(trust.registry && { registry: trust.registry }),
  }
}

async function checkTrust({ trustFile }: Config): Promise<{ finding: Finding; registry?: Registry }> {
  try {
    const registry = await openTrust(await readInput(trustFile))
    const what = `root ${registry.root.version}, members ${registry.members.version}; fingerprint ${trustFingerprint(registry)}`
    return { finding: ok('trust file', what), registry }
  } catch (error) {
    return { finding: failed('trust file', error) }
  }
}

async function checkKeys({ keyFile, member }: Config, { registry, network }: Known): Promise<Finding[]> {
  try {
    const { member: owner, kids, form } = await readKeyNames(keyFile)
    const file =
      form === 'sealed'
        ? ok('key file', `${keyFile} is encrypted and only its owner can read it`)
        : warning('key file', `${keyFile} is not encrypted.`, 'Run: focalpoint keys passphrase')
    if (owner !== member) {
      const todo = 'Set member and key_file to those of one participant.'
      return [file, wrong('keys', `The key file is of ${owner}, the configuration of ${member}.`, todo)]
    }
    return [
      file,
      ...(registry
        ? (silencedFinding({ member, registry }, network) ?? [
            checkSigningKey({ member, kids, registry }, network),
            checkNodeKey({ member, kids, registry }),
          ])
        : []),
    ]
  } catch (error) {
    return [failed('key file', error)]
  }
}

/** `init` makes it beside the key file; there it is lost, or stolen, together with the key that it is to stop. */
function checkRecoveryKey({ keyFile }: Config): Finding[] {
  const path = join(dirname(keyFile), fileNames.recovery)
  if (!existsSync(path)) return []
  const todo = 'Copy it to two memory sticks, lock them away in two places, and delete it here.'
  return [warning('recovery key', `${path} lies on the machine of the node.`, todo)]
}

interface Known {
  /** Of the trust file. */
  registry: Registry | undefined
  network: NetworkAnswer | undefined
}

interface Named {
  member: string
  kids: { signing: string; next?: string; node: string }
  registry: Registry
}

/** Keys of a member that is suspended or has left are no matter of a join request. */
function silencedFinding(
  { member, registry }: Pick<Named, 'member' | 'registry'>,
  network: NetworkAnswer | undefined,
): Finding[] | undefined {
  const told = network?.participants.find(each => each.member === member)
  const status = told?.status ?? findMember(registry, member)?.status ?? 'active'
  if (status !== 'suspended' && status !== 'left') return undefined
  const version = network?.registry.members ?? registry.members.version
  const what = `${member} is suspended or has left, as members document ${version} says.`
  return [wrong('keys', what, 'Call the coordinators.')]
}

function checkSigningKey({ member, kids, registry }: Named, network: NetworkAnswer | undefined): Finding {
  const check = 'signing key'
  const toldKeys = network?.participants.find(each => each.member === member)?.keys ?? []
  const isKnown = (kid: string) =>
    findKey(registry, kid) !== undefined || toldKeys.some(key => key.kid === kid)
  // After a planned rotation the newer key speaks, and the file goes on holding the older one.
  const signing = kids.next !== undefined && isKnown(kids.next) ? kids.next : kids.signing
  const told = toldKeys.find(({ kid }) => kid === signing)
  if (told?.state === 'in force' && isRefusedByAll(network)) {
    const what = `In force by members document ${network?.registry.members}, but the other members may have a newer one.`
    return warning(check, what, 'Call a coordinator and import the newest members document.')
  }
  if (told?.state === 'in force') return ok(check, 'in force by the registry that the node goes by')
  if (told?.state === 'stopped')
    return wrong(
      check,
      `Our signing key ${signing} was stopped.`,
      'Run "focalpoint keys rotate --with recovery-key.json" and send the request to a coordinator.',
    )
  const found = findKey(registry, signing)
  if (found === undefined || found.member.id !== member) {
    const what = `The trust file does not know our signing key ${signing}.`
    return wrong(check, what, 'Send the join request to a coordinator, or get the newest trust file.')
  }
  if (found.key.end !== undefined) {
    const what = `The registry has ended our signing key ${signing}.`
    return wrong(check, what, 'Run "focalpoint keys rotate" and send the request to a coordinator.')
  }
  return ok(check, `in force in ${Object.keys(found.key.from).join(', ')}`)
}

function isRefusedByAll(network: NetworkAnswer | undefined): boolean {
  return network?.alarms.some(({ code }) => code === 'refused-by-all') ?? false
}

function checkNodeKey({ member, kids, registry }: Named): Finding {
  const nodes = findMember(registry, member)?.nodes ?? []
  if (nodes.some(({ peerId }) => kidOfPeerId(peerId) === kids.node))
    return ok('node key', 'the registry lets this node connect')
  const what = 'The trust file does not know our node key: the other nodes will not let this one in.'
  return wrong('node key', what, 'Send the join request to a coordinator, or get the newest trust file.')
}

function expiryFindings({ registry, network, now }: Known & { now: number }): Finding[] {
  if (network) return [checkExpiry('registry', Date.parse(network.registry.expires) / 1000, now)]
  return registry ? [checkExpiry('trust file', expiryOf(registry), now)] : []
}

function checkExpiry(what: 'registry' | 'trust file', expiry: number, now: number): Finding {
  const check = 'registry expiry'
  const date = dateOf(expiry)
  const stops = expiry + limits.issuingGraceAfterExpirySeconds
  const todo = 'Ask a coordinator for the newer registry; a running node fetches it by itself.'
  if (now >= stops)
    return wrong(check, `The ${what} expired on ${date}: by it this node issues nothing more.`, todo)
  if (now >= expiry)
    return warning(check, `The ${what} expired on ${date}; issuing stops on ${dateOf(stops)}.`, todo)
  const days = Math.floor((expiry - now) / daySeconds)
  if (days < registryReminderDays) return warning(check, `The ${what} expires in ${days} days.`, todo)
  return ok(check, `good until ${date}, ${days} days more`)
}

async function checkDataFolder({ dataDir }: Config): Promise<Finding> {
  const check = 'data folder'
  const found = await stat(dataDir).catch(() => undefined)
  if (found === undefined) {
    return warning(check, `${dataDir} is not there yet.`, 'The first "focalpoint serve" makes it.')
  }
  if (!found.isDirectory()) return wrong(check, `${dataDir} is no folder.`, 'Choose another data_dir.')
  const uid = process.getuid?.() ?? 0
  if (uid !== 0 && found.uid !== uid) {
    const what = `${dataDir} belongs to another account than the one that asks.`
    return warning(check, what, 'Run this as the account of the node, or give the folder to it with chown.')
  }
  if ((found.mode & 0o077) !== 0 && process.platform !== 'win32') {
    const what = `Others on this machine can look into ${dataDir}.`
    return warning(check, what, `Run: chmod 700 ${dataDir}`)
  }
  return ok(check, `${dataDir} is its owner's alone`)
}

async function checkLastSigned({ dataDir, signing: { lastSignedDir } }: Config): Promise<Finding> {
  const check = 'last signed'
  const records = await readdir(lastSignedDir).catch((): string[] => [])
  if (!records.some(name => name.endsWith('.json'))) {
    const what = `${lastSignedDir} holds no record of what was signed last.`
    const todo =
      'Where this node has signed before, it listens for ten minutes first: look why the folder was emptied.'
    return warning(check, what, todo)
  }
  const [folder, data] = await Promise.all(
    [lastSignedDir, dataDir].map(path => stat(path).catch(() => undefined)),
  )
  return folder?.dev === data?.dev
    ? ok(
        check,
        `${lastSignedDir} is there, on the disk of the store`,
        'Best on another disk: signing.last_signed_dir',
      )
    : ok(check, `${lastSignedDir} is there, on a disk of its own`)
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}

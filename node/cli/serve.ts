import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { findMember, openTrust, type Registry } from '#protocol'
import { parseKeyFile } from '../key-file.ts'
import {
  checkExampleRegistry,
  checkKeysKnown,
  checkNotExampleRegistry,
  type Keys,
  readKeyFile,
  replaceKeyFile,
  settledKeys,
} from '../keys.ts'
import type { People } from '../people.ts'
import { type AskPassphrase, askedFor } from '../secret-file.ts'
import { asConfigured, type ConfigFlags, loadFrom } from './config.ts'
import { readInput } from './input.ts'
import { openLog } from './log.ts'
import { asSecret, type PassphraseOption, passphraseFor } from './passphrase.ts'
import { endNow, endWithin, untilStopped } from './stop.ts'
import { say, styledTalk } from './talk.ts'

/** Long enough to end every stream and write what waits; a service manager kills after 10 s or more. */
const closingMs = 5000
const firstTokenDays = 30
const demonstrationRibbon =
  'DEMONSTRATION: fictional data. Whatever is drafted at this node is marked as an exercise.'

export function describeServe(command: Command): void {
  asSecret(asConfigured(command))
    .option('--join-demonstration', 'take part in the demonstration with keys of your own: exercises only')
    .option('-q, --quiet', 'say nothing but log lines and errors')
    .action(serve)
}

type ServeOptions = ConfigFlags & PassphraseOption & { joinDemonstration?: boolean; quiet?: boolean }

async function serve(options: ServeOptions): Promise<void> {
  await serveUntil(untilStopped(), options)
  endNow()
}

async function serveUntil(stopped: Promise<NodeJS.Signals>, options: ServeOptions): Promise<void> {
  const { config } = await loadFrom(options)
  const passphrase = passphraseFor(config.keyFile, options)
  const readKeys = () => readKeyFile(config.keyFile, { demonstration: 'refused', passphrase })
  const keys = await readKeys()
  const registry = await openTrust(await readInput(config.trustFile))
  const onlyExercises = options.joinDemonstration === true
  if (onlyExercises) await checkExampleRegistry(registry, config.trustFile)
  else await checkNotExampleRegistry(registry, config.trustFile)
  checkKeysKnown({
    keys,
    registry,
    member: config.member,
    hasNewerRegistry: existsSync(join(config.dataDir, 'store')),
  })
  const log = openLog({ level: config.log.level, member: config.member })
  const { openNode } = await import('../node.ts')
  await using node = await openNode({ config, keys, rereadKeys: readKeys, registry, log, onlyExercises })
  const tokenFile = await addFirstAdministrator(node.people, config.dataDir)
  if (onlyExercises) say(styledTalk(['bold', 'red'], demonstrationRibbon), options)
  say(`${node.member} serves ${node.url}`, options)
  say(`peer id ${node.peerId}`, options)
  for (const address of node.addresses()) say(`listens on ${address}`, options)
  if (tokenFile)
    say(`The first administrator's token is in ${tokenFile}: use it, then delete the file.`, options)
  await settleKeyFile(config.keyFile, { keys, registry: node.desk.registry(), passphrase }).catch(error =>
    log.info({ error: String(error) }, 'the key file still names the ended key first: it cannot be written'),
  )
  log.info({ signal: await stopped }, 'stopping')
  endWithin(closingMs)
}

/** At the first start after a rotation is over the newer key takes the place of the ended one in the file. */
async function settleKeyFile(
  path: string,
  { keys, registry, passphrase }: { keys: Keys; registry: Registry; passphrase: AskPassphrase },
): Promise<void> {
  const member = findMember(registry, keys.member)
  const settled = member && settledKeys(keys, member)
  if (settled === undefined) return
  const { form } = parseKeyFile(path, await readFile(path, 'utf8'))
  const sealing =
    form === 'plain' ? { unencrypted: true as const } : { passphrase: await askedFor(path, passphrase) }
  await replaceKeyFile(path, settled, sealing)
}

/** Without any person nobody could add one: the first start leaves a token that only this account can read. */
async function addFirstAdministrator(people: People, dataDir: string): Promise<string | undefined> {
  if (people.list().length > 0) return undefined
  const person = await people.add({ name: 'First administrator', roles: ['admin'] })
  const { secret } = await people.createToken({
    person: person.id,
    label: 'first start',
    days: firstTokenDays,
  })
  const path = join(dataDir, 'first-admin-token')
  await mkdir(dataDir, { recursive: true })
  await writeFile(path, `${secret}\n`, { mode: 0o600 })
  return path
}

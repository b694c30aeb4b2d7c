import { join } from 'node:path'
import type { Command } from 'commander'
import {
  type JoinRequest,
  peerIdOfJwk,
  type SignedDocument,
  safetyNumber,
  signJoinRequest,
  thumbprint,
} from '#protocol'
import { type Keys, keyFileText } from '../../key-file.ts'
import { exampleNet } from '../../keys.ts'
import { makePrivateKey, publicHalf, type Sealing } from '../../secret-file.ts'
import { recoveryKeyText } from '../../single-key.ts'
import { asListing, collected, type Listing } from '../options.ts'
import { asSecret, newPassphrase, type PassphraseOption } from '../passphrase.ts'
import { printJson, say, styledTalk } from '../talk.ts'
import { checkNothingThere, fileNames, type NewFile, writeAll } from './files.ts'
import { nextSteps } from './next-steps.ts'
import { type InitPlan, reachableAddresses } from './plan.ts'
import { type InitFlags, planOf } from './questions.ts'
import { settingsText } from './settings-file.ts'

type InitOptions = InitFlags & PassphraseOption & Listing & { unencrypted?: boolean }

export function describeInit(command: Command): void {
  asSecret(asListing(command))
    .option('--folder <dir>', 'where the files of the node are made', '.')
    .option('--data-dir <dir>', 'folder of the store, where it is not to be beside them')
    .option('--last-signed-dir <dir>', 'folder of the record of what was signed last: best on another disk')
    .option('--member <id>', 'id of the participant, such as a country code')
    .option('--name <text>', 'its name in English, or "fr=…" in another language; may be repeated', collected)
    .option('--kind <kind>', 'state, organisation or observer')
    .option('--channel <name>', 'a channel to join: torture, capital; may be repeated', collected)
    .option(
      '--listen <multiaddr>',
      'where the node listens; may be repeated (else /ip4/0.0.0.0/tcp/7600)',
      collected,
    )
    .option('--announce <multiaddr>', 'where others reach it; may be repeated; "" for nowhere', collected)
    .option('--contact <text>', '"role=…,email=…,telephone=…"; may be repeated', collected)
    .option('--trust <file>', 'trust.json of the network to join')
    .option('--fingerprint <groups>', 'its twelve groups of five digits, as a coordinator read them to you')
    .option('--net <name>', 'name of the network to join, where trust.json comes later')
    .option('--found', 'ask to found a network instead of joining one')
    .option('--unencrypted', 'keep the keys without a passphrase; whoever reads the disk then has them')
    .action(init)
}

async function init({ json, quiet, ...options }: InitOptions & { listen?: string[] }): Promise<void> {
  const plan = await planOf({ ...options, listen: options.listen ?? ['/ip4/0.0.0.0/tcp/7600'] })
  checkNothingThere(plan, Object.values(fileNames))
  const sealing = await sealingOf(plan, options)
  const keys = { node: makePrivateKey(), signing: makePrivateKey(), recovery: makePrivateKey() }
  const held: Keys = { member: plan.member, ...keys, recovery: publicHalf(keys.recovery) }
  const request = await signJoinRequest({
    request: requestOf(plan, held),
    keys: [keys.node, keys.signing],
  })
  const recovery = { owner: plan.member, key: keys.recovery }
  await writeAll(plan, [
    file(fileNames.keys, await keyFileText(held, sealing), { isSecret: true }),
    file(fileNames.recovery, await recoveryKeyText(recovery, sealing), { isSecret: true }),
    file(fileNames.settings, await settingsText(plan)),
    file(fileNames.request, `${JSON.stringify(request, null, 2)}\n`),
    ...(plan.trust === undefined ? [] : [file(fileNames.trust, plan.trust)]),
  ])
  await tell(plan, { keys: held, request, json, quiet })
}

function file(name: string, text: string, { isSecret = false } = {}): NewFile {
  return { name, text, isSecret }
}

async function sealingOf(
  { member }: InitPlan,
  { passphraseFd, unencrypted }: PassphraseOption & { unencrypted?: boolean },
): Promise<Sealing> {
  if (unencrypted) return { unencrypted: true }
  const what = `the keys of ${member}`
  return { passphrase: await newPassphrase(what, passphraseFd === undefined ? {} : { passphraseFd }) }
}

function requestOf(plan: InitPlan, { node, signing, recovery = signing }: Keys): JoinRequest {
  const { net, member, names, kind, channels, contacts } = plan
  return {
    net,
    purpose: 'join',
    member,
    names,
    kind,
    channels,
    nodes: [{ peerId: peerIdOfJwk(node), addrs: reachableAddresses(plan) }],
    signing: registered(signing),
    recovery: registered(recovery),
    contacts,
    iat: Math.floor(Date.now() / 1000),
  }
}

function registered(key: Keys['signing'] | NonNullable<Keys['recovery']>) {
  return { kid: thumbprint(key), jwk: publicHalf(key) }
}

interface Told {
  json: boolean | undefined
  quiet: boolean | undefined
  keys: Keys
  request: SignedDocument
}

async function tell(plan: InitPlan, { keys, request, json, quiet }: Told): Promise<void> {
  const number = safetyNumber(request.document)
  const { folder, member, net } = plan
  if (json) {
    printJson({
      member,
      net,
      folder,
      peerId: peerIdOfJwk(keys.node),
      signing: thumbprint(keys.signing),
      ...(keys.recovery && { recovery: thumbprint(keys.recovery) }),
      files: Object.fromEntries(
        Object.entries(fileNames)
          .filter(([use]) => use !== 'trust' || plan.trust !== undefined)
          .map(([use, name]) => [use, join(folder, name)]),
      ),
      safetyNumber: number,
    })
    return
  }
  say(`${styledTalk('green', '✔')} The node of ${member} is in ${folder}.`, { quiet })
  const isDemonstration = net !== null && net === (await exampleNet())
  say(nextSteps(plan, { number, isDemonstration }), { quiet })
}

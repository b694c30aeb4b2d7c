import { join, resolve } from 'node:path'
import {
  channelNames,
  FocalpointError,
  findMember,
  isError,
  type JoinRequest,
  openTrust,
  type Registry,
  trustFingerprint,
} from '#protocol'
import { askOne, askSeveral, askText, askYes, hasTerminal } from '../ask.ts'
import { readInput } from '../input.ts'
import { say, styledTalk } from '../talk.ts'
import { dataFolder } from './files.ts'
import { answers, type InitPlan, isEverywhere, kinds, wrong } from './plan.ts'

/** The flags as they were given: what is absent is asked for. */
export interface InitFlags {
  folder: string
  dataDir?: string
  lastSignedDir?: string
  member?: string
  name?: string[]
  kind?: string
  channel?: string[]
  listen: string[]
  announce?: string[]
  contact?: string[]
  trust?: string
  fingerprint?: string
  net?: string
  found?: boolean
  passphraseFd?: number
  unencrypted?: boolean
}

/** Everything that `init` must know, from flags, else from people. Throws `usage` for what nobody answers. */
export async function planOf(flags: InitFlags): Promise<InitPlan> {
  checkAnswered(flags)
  const member = await single('member', flags.member, answers.member, {
    message: 'Id of your participant, as the coordinators know it (two letters are a country code)',
  })
  const names = await several('name', flags.name, answers.name, {
    message: 'Its name in English',
    more: 'Its name in another language, as "fr=…" (empty: no more)',
  })
  const kind = await kindOf(flags)
  const channels = await channelsOf(flags)
  const listen = flags.listen.map(answers.address)
  const announce = await announceOf(flags, listen)
  const contacts = await several('contact', flags.contact, answers.contact, {
    message: 'Who answers for it, as "role=focal point,email=name@example.org,telephone=+00 0000"',
    more: 'Another contact (empty: no more)',
  })
  const folder = resolve(flags.folder)
  const dataDir = resolve(flags.dataDir ?? join(folder, dataFolder))
  return {
    folder,
    dataDir,
    lastSignedDir: resolve(flags.lastSignedDir ?? join(dataDir, 'last-signed')),
    member,
    names: namesOf(names),
    kind,
    channels,
    listen,
    announce,
    contacts,
    ...(await networkOf(flags, member)),
  }
}

interface Asking {
  message: string
  /** Asked again until nothing is typed. */
  more?: string
}

async function single<Answer>(
  flag: string,
  given: string | undefined,
  parse: (text: string) => Answer,
  { message }: Asking,
): Promise<Answer> {
  if (given !== undefined) return parse(given)
  checkTerminal(flag)
  return parse(await askText({ message, check: text => faultOf(text, parse) }))
}

async function several<Answer>(
  flag: string,
  given: readonly string[] | undefined,
  parse: (text: string) => Answer,
  { message, more = message }: Asking,
): Promise<Answer[]> {
  if (given !== undefined) return given.map(parse)
  checkTerminal(flag)
  const texts = [await askText({ message, check: text => faultOf(text, parse) })]
  while (texts.at(-1) !== '') {
    const check = (text: string) => (text === '' ? undefined : faultOf(text, parse))
    texts.push(await askText({ message: more, check }))
  }
  return texts.slice(0, -1).map(parse)
}

function faultOf(text: string, parse: (text: string) => unknown): string | undefined {
  try {
    parse(text)
    return undefined
  } catch (error) {
    if (isError(error)) return error.message
    throw error
  }
}

async function kindOf({ kind }: InitFlags): Promise<JoinRequest['kind']> {
  if (kind !== undefined) return answers.kind(kind)
  checkTerminal('kind')
  const options = kinds.map(value => ({ value, label: value }))
  return answers.kind(await askOne('What kind of participant is it?', options))
}

async function channelsOf({ channel }: InitFlags): Promise<InitPlan['channels']> {
  if (channel !== undefined) return [...new Set(channel.map(answers.channel))]
  checkTerminal('channel')
  const options = [
    { value: 'torture', label: 'torture: goods for torture, for every participant' },
    { value: 'capital', label: 'capital: goods for the death penalty, for those who join it' },
  ].filter(({ value }) => channelNames.some(name => name === value))
  return (await askSeveral('Which channels does it join?', options, ['torture'])).map(answers.channel)
}

/** Needed only where the addresses that the node listens on tell nobody where it is. */
async function announceOf({ announce }: InitFlags, listen: readonly string[]): Promise<string[]> {
  if (announce !== undefined) return announce.filter(text => text !== '').map(answers.address)
  if (!listen.every(isEverywhere)) return []
  checkTerminal('announce')
  const text = await askText({
    message: 'Address at which others reach this node, as /dns4/node.example.org/tcp/7600 (empty: none)',
    check: text => (text === '' ? undefined : faultOf(text, answers.address)),
  })
  return text === '' ? [] : [answers.address(text)]
}

function namesOf(names: readonly (readonly [string, string])[]): JoinRequest['names'] {
  const { en, ...others } = Object.fromEntries(names)
  if (en === undefined) throw wrong('A name in English is needed: --name "…" beside the others.')
  return { en, ...others }
}

async function networkOf(flags: InitFlags, member: string): Promise<Pick<InitPlan, 'net' | 'trust'>> {
  const { trust, net, found } = flags
  if ([trust, net, found].filter(each => each !== undefined).length > 1)
    throw wrong('Give one of --trust, --net and --found.')
  if (found) return { net: null }
  if (net !== undefined) return { net: answers.net(net) }
  const path = await single('trust', trust, text => text, {
    message: 'File with the trust.json of the network (from a coordinator or another member)',
  })
  const text = await readInput(path)
  const registry = await openTrust(text)
  await checkFingerprint(registry, flags)
  if (findMember(registry, member) !== undefined) say(styledTalk('yellow', isThere(member)))
  return { net: registry.net, trust: text }
}

function isThere(member: string): string {
  return `${member} is in this registry already. If that is you, you want "focalpoint keys rotate" with the key file that you have, and not new keys from "init".`
}

/** Nothing in the file says that it is the right one: two people compare. */
async function checkFingerprint(registry: Registry, { fingerprint }: InitFlags): Promise<void> {
  const own = trustFingerprint(registry)
  if (fingerprint !== undefined) {
    if (fingerprint.replaceAll(/\s+/g, ' ').trim() === own) return
    throw new FocalpointError(
      'trust-malformed',
      `The fingerprint of this trust.json is ${own}, not the one that you gave: do not use the file, and ask a coordinator.`,
      { what: 'its fingerprint is another' },
    )
  }
  checkTerminal('fingerprint')
  say(`\nThe fingerprint of this trust.json:\n\n  ${own.slice(0, 35)}\n  ${own.slice(36)}\n`)
  const isSame = await askYes('Has a coordinator read these twelve groups to you, and are they the same?')
  if (!isSame) throw wrong('Stopped: compare the fingerprint with a coordinator first. Nothing was done.')
}

/** All that is missing at once, where nobody can be asked. */
function checkAnswered(flags: InitFlags): void {
  if (hasTerminal()) return
  const { member, name, kind, channel, contact, announce, listen, passphraseFd, unencrypted } = flags
  const { trust, net, found, fingerprint } = flags
  const hasSecret =
    unencrypted || passphraseFd !== undefined || process.env.CREDENTIALS_DIRECTORY !== undefined
  const needed: [flag: string, isThere: boolean][] = [
    ['--member', member !== undefined],
    ['--name', name !== undefined],
    ['--kind', kind !== undefined],
    ['--channel', channel !== undefined],
    ['--announce', announce !== undefined || !listen.every(isEverywhere)],
    ['--contact', contact !== undefined],
    ['--trust (or --net, or --found)', [trust, net, found].some(each => each !== undefined)],
    ['--fingerprint', fingerprint !== undefined || net !== undefined || found === true],
    ['--passphrase-fd', hasSecret],
  ]
  const missing = needed.flatMap(([flag, isThere]) => (isThere ? [] : [flag]))
  if (missing.length === 0) return
  const are = missing.length === 1 ? 'is' : 'are'
  throw wrong(`${missing.join(', ')} ${are} needed where there is no terminal to ask on.`)
}

function checkTerminal(flag: string): void {
  if (hasTerminal()) return
  throw wrong(`--${flag} is needed where there is no terminal to ask on.`)
}

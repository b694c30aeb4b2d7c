import { resolve } from 'node:path'
import { z } from 'zod'
import {
  FocalpointError,
  type Member,
  type Place,
  type PrivateJwk,
  type SignedDocument,
  type Stop,
  signStop,
  thumbprint,
} from '#protocol'
import { secondsNow } from '../../clock.ts'
import { createDurably } from '../../durable-file.ts'
import { readKeyFile } from '../../keys.ts'
import { openRecoveryKey } from '../../single-key.ts'
import { askYes, hasTerminal } from '../ask.ts'
import { clientFrom } from '../client.ts'
import { loadFrom } from '../config.ts'
import { fromNode, lastPlaces } from '../members/places.ts'
import type { Listing } from '../options.ts'
import { passphraseFor, recoveryPassphraseFor } from '../passphrase.ts'
import { printJson, say, styledTalk } from '../talk.ts'
import type { KeyOptions } from './command.ts'
import { type Standing, standingOf } from './standing.ts'

export interface StopOptions extends KeyOptions, Listing {
  kid: string
  channel: string
  head: string
  reason: string
  with?: string
  recoveryPassphraseFd?: number
  out?: string
  yes?: boolean
}

const adoption = z.looseObject({ adopted: z.array(z.looseObject({ kind: z.string() })) })

/** Trust in a key is shortened at once, on every node, until the registry decides. */
export async function stopKey(options: StopOptions): Promise<void> {
  if (!options.yes && !hasTerminal()) throw usage('--yes is needed where there is no terminal to confirm on.')
  const { config } = await loadFrom(options)
  const { kid, channel, reason } = options
  const registry = await standingOf(config.member, { ...options, trustFile: config.trustFile })
  const { net, member } = registry
  checkOwnKey(config.member, { member, kid, channel })
  const head = await headOf(registry, options)
  const { key, by } = await signerOf(config, options)
  const stop: Stop = { net, member: config.member, kid, channel, head, reason, iat: secondsNow() }
  for (const line of summaryOf(stop, by)) say(line)
  if (!options.yes && !(await askYes('Stop this key now?'))) throw usage('Stopped: nothing was done.')
  await deliver(await signStop({ stop, key }), options)
}

async function deliver(signed: SignedDocument, options: StopOptions): Promise<void> {
  if (options.out !== undefined) {
    const path = resolve(options.out)
    await createDurably(path, `${JSON.stringify(signed, null, 2)}\n`, { mode: 0o644 })
    if (options.json) printJson({ out: path })
    say(
      `The stop is in ${path}. Any node can put it in force: "focalpoint members publish ${path}".`,
      options,
    )
    return
  }
  const client = await clientFrom(options)
  const documents = [{ kind: 'stop', ...signed }]
  const { adopted } = await client.post('/v1/members/documents', { documents }, adoption)
  if (options.json) printJson({ adopted: adopted.length })
  say(adopted.length === 0 ? 'The key had been stopped there already.' : 'The key is stopped.', options)
  say(
    'Now ask the coordinators to end the key in the registry, and "focalpoint keys rotate --with recovery-key.json" for a new one.',
    options,
  )
}

/** `from-node`, or "41:ID", or "0" where the key is to have signed nothing. */
async function headOf(
  { member, ...registry }: Standing,
  { head, channel, kid, ...node }: StopOptions,
): Promise<Place> {
  if (head === fromNode && member !== undefined) {
    const places = await lastPlaces({ texts: [head], registry, member, kid, channels: [channel], node })
    return places[channel] ?? { seq: 0, id: null }
  }
  if (head === '0') return { seq: 0, id: null }
  const [, seq, id] = /^([1-9]\d{0,14}):([A-Za-z0-9_-]{43})$/.exec(head) ?? []
  if (seq !== undefined && id !== undefined) return { seq: Number(seq), id }
  throw usage('--head is "from-node", or the last good place and its notice as "41:ID", or "0" for none.')
}

/** The recovery key where it is given, else the key that is to be stopped. */
async function signerOf(
  { keyFile, member }: { keyFile: string; member: string },
  options: StopOptions,
): Promise<{ key: PrivateJwk; by: 'recovery' | 'signing' }> {
  if (options.with !== undefined) {
    const { owner, key } = await openRecoveryKey(options.with, recoveryPassphraseFor(options.with, options))
    if (owner === member) return { key, by: 'recovery' }
    throw usage(`${options.with} is the recovery key of ${owner}, not of ${member}.`)
  }
  const passphrase = passphraseFor(keyFile, options)
  const { signing, next } = await readKeyFile(keyFile, { demonstration: 'refused', passphrase })
  const key = [signing, next].find(each => each !== undefined && thumbprint(each) === options.kid)
  if (key !== undefined) return { key, by: 'signing' }
  throw usage(
    `${keyFile} does not hold key ${options.kid}: sign with the recovery key, --with recovery-key.json.`,
  )
}

function checkOwnKey(
  id: string,
  { member, kid, channel }: { member: Member | undefined; kid: string; channel: string },
): void {
  const listed = member?.signing.find(key => key.kid === kid)
  if (listed !== undefined && Object.hasOwn(listed.from, channel)) return
  throw new FocalpointError(
    'not-found',
    `The registry lists no signing key ${kid} of ${id} in ${channel}. "focalpoint keys list" shows those that there are.`,
    { what: 'signing key', id: kid },
  )
}

function summaryOf({ member, kid, channel, head, reason }: Stop, by: 'recovery' | 'signing'): string[] {
  const last =
    head.seq === 0
      ? 'Nothing that it signed there will stand.'
      : `What it signed there up to place ${head.seq} (${head.id}) stands; whatever it signs after that will not.`
  return [
    styledTalk('bold', `Stop key ${kid} of ${member} in the channel "${channel}".`),
    `  ${last}`,
    `  Reason, for everybody to read: ${reason}`,
    `  Signed with the ${by === 'recovery' ? 'recovery key' : 'key itself'}. It cannot be taken back: only the coordinators can decide otherwise.`,
  ]
}

function usage(what: string): FocalpointError<'usage'> {
  return new FocalpointError('usage', what, { what })
}

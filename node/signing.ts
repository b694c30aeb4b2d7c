import { randomBytes } from 'node:crypto'
import {
  authorityOf,
  type Envelope,
  type FocalpointError,
  type ForkProof,
  parseNotice,
  type Registry,
} from '#protocol'
import type { KeptNotice } from './admission.ts'
import { Gate } from './admit.ts'
import type { Config } from './config.ts'
import type { Core } from './core.ts'
import { SigningGuard } from './guard.ts'
import { Issuer, lastSignedRecord } from './issue.ts'
import type { Keys } from './key-file.ts'
import { LastSignedFiles } from './last-signed.ts'
import type { Holders } from './network/index.ts'
import { SigningKeys } from './signing-keys.ts'
import { silencedReason } from './silenced.ts'
import type { StoredStop } from './store/index.ts'

/** Refusals that are remembered; those beyond are told each time. */
const mostTold = 10_000

export interface SigningOptions {
  keys: Keys
  rereadKeys?: (() => Promise<Keys>) | undefined
  config: Config['signing']
  told: (member: string, channel: string) => ReturnType<Holders['told']>
  askAround: (reason: string) => void
  clockDifference: () => number | undefined
  onFork: (proof: ForkProof) => void
  onStop: (stop: StoredStop) => void
  onIssued: (notice: KeptNotice) => void
  unsafeNoGuard: boolean
  unsafeNoBudgets: boolean
}

/** The gate, and the issuer behind its guard: together they decide what enters a log, ours above all. */
export interface Signing extends AsyncDisposable {
  gate: Gate
  guard: SigningGuard
  /** Compares our own files in the channels that are new to the guard: first of all, and when channels were joined. */
  openGuard: () => Promise<void>
  issuer: Issuer
  /** The kid that signs our next notice in a channel; undefined where none may. */
  keyOf: (channel: string) => string | undefined
  files: LastSignedFiles
}

export async function openSigning(core: Core, options: SigningOptions): Promise<Signing> {
  const { member, channels, others, store, types, registry, now, log, metrics } = core
  await using opened = new AsyncDisposableStack()
  const files = opened.use(new LastSignedFiles(options.config.lastSignedDir))
  const guard = new SigningGuard({
    member,
    channels,
    files,
    head: channel => store.notices.head(channel, member),
    idAt: (channel, seq) => store.notices.idAt(channel, member, seq),
    record: channel => lastSignedRecord(store, channel, member),
    takeBack: async notice => void (await gate.own(notice, [])),
    isVoid: (_, { notice }) => notice !== null && isAfterEnd(notice, registry()),
    others,
    told: options.told,
    askAround: options.askAround,
    now,
    listenSeconds: options.config.listenSeconds,
    silenced: () => silencedReason({ registry: registry(), member, now: now() }),
    unsafeNoGuard: options.unsafeNoGuard,
  })
  /** What each round of catch-up brings again, and is refused again, is told once. */
  const told = new Set<string>()
  const gate = new Gate({
    member,
    store,
    types,
    registry,
    now,
    unsafeNoBudgets: options.unsafeNoBudgets,
    onOwnNotice: envelope => guard.seenOwnNotice(envelope),
    onFork: proof => {
      log.error({ issuer: proof.issuer, channel: proof.channel, seq: proof.seq }, 'fork proven')
      metrics.count('forks')
      if (proof.issuer === member) guard.stop(proof.channel, forkedReason(proof.seq))
      options.onFork(proof)
    },
    onForkSettled: ({ issuer, channel, seq }) => {
      log.warn({ issuer, channel, seq }, 'fork settled by the registry')
      if (issuer === member) guard.recover(channel, settledReason(seq))
    },
    onStopSettled: ({ member: issuer, channel, head }) => {
      log.warn({ issuer, channel, seq: head.seq }, 'stop settled by the registry')
      if (issuer === member) guard.recover(channel, settledReason(head.seq + 1))
    },
    onCut: ({ issuer, channel, from, ids }) => {
      log.warn({ issuer, channel, seq: from, notices: ids.length }, 'notices made void by the registry')
      metrics.count('voided')
      if (issuer === member) guard.recover(channel, settledReason(from))
    },
    onStop: stop => {
      const { member: issuer, channel, kid, by, head } = stop
      log.error({ issuer, channel, kid, by, seq: head.seq }, 'key stopped')
      metrics.count('stops')
      if (issuer === member) guard.stop(channel, stoppedReason(head.seq))
      options.onStop(stop)
    },
    onRefusal: (error, { road, from, envelope }) => {
      metrics.count('refused', { code: error.code, road })
      const isTold = envelope !== undefined && road === 'sync' && told.has(`${error.code} ${envelope.id}`)
      if (envelope !== undefined && told.size < mostTold) told.add(`${error.code} ${envelope.id}`)
      log[isTold ? 'debug' : levelOf(error)](
        { code: error.code, road, from, ...(envelope && placeOf(envelope)) },
        error.message,
      )
    },
  })
  const openGuard = async () => {
    await guard.open()
    for (const { issuer: forked, channel, seq, settledAt } of store.evidence.forks()) {
      if (forked === member && settledAt === undefined) guard.stop(channel, forkedReason(seq))
    }
    for (const { member: stopped, channel, head } of store.evidence.stops()) {
      if (stopped === member) guard.stop(channel, stoppedReason(head.seq))
    }
  }
  const signingKeys = new SigningKeys({
    member,
    keys: options.keys,
    registry,
    rereadKeys: options.rereadKeys,
    onRereadFailed: error =>
      log.error({ error: String(error) }, 'the new key cannot be read from the key file'),
  })
  const issuer = new Issuer({
    member,
    store,
    keyAt: (channel, seq) => signingKeys.at(channel, seq),
    registry,
    guard,
    files,
    admit: (text, extra) => gate.own(text, extra),
    salt: () => randomBytes(16).toString('base64url'),
    now,
    clockDifference: options.clockDifference,
    onIssued: notice => {
      metrics.count('issued', { type: notice.envelope.type })
      log.info(placeOf(notice.envelope), 'issued')
      options.onIssued(notice)
    },
  })
  const life = opened.move()
  const keyOf = (channel: string) =>
    signingKeys.kidAt(channel, (store.notices.head(channel, member)?.seq ?? 0) + 1)
  return { gate, guard, openGuard, issuer, keyOf, files, [Symbol.asyncDispose]: () => life.disposeAsync() }
}

/** What everybody meets all day is for debugging; what somebody should look at is a warning. */
function levelOf(error: FocalpointError): 'debug' | 'info' | 'warn' {
  if (error.code === 'already-held') return 'debug'
  return error.code === 'gap' || error.code === 'over-budget' ? 'info' : 'warn'
}

function placeOf({ id, issuer, channel, seq }: Envelope): object {
  return { id, issuer, channel, seq }
}

function forkedReason(seq: number): string {
  return `Two notices signed with our key claim place ${seq} of our log. Stop every copy of this node and ask the coordinators for a new key.`
}

function settledReason(seq: number): string {
  return `The registry has decided which of our notices hold, from place ${seq} of our log on.`
}

function stoppedReason(seq: number): string {
  return `Our key was stopped after place ${seq} of our log. Nothing is signed with it. Run "focalpoint keys rotate --with recovery-key.json" and send the request to a coordinator.`
}

function isAfterEnd(notice: string, registry: Registry): boolean {
  const { envelope } = parseNotice(notice, registry)
  const { end } = authorityOf({ registry, ...envelope })
  return end !== undefined && envelope.seq > end.seq
}

import { randomBytes } from 'node:crypto'
import { type Envelope, type FocalpointError, type ForkProof, importPrivateKey, thumbprint } from '#protocol'
import type { KeptNotice } from './admission.ts'
import { Gate } from './admit.ts'
import type { Config } from './config.ts'
import type { Core } from './core.ts'
import { SigningGuard } from './guard.ts'
import { Issuer, lastSignedRecord } from './issue.ts'
import type { Keys } from './keys.ts'
import { LastSignedFiles } from './last-signed.ts'
import type { Holders } from './network/index.ts'

export interface SigningOptions {
  keys: Keys
  config: Config['signing']
  told: (member: string, channel: string) => ReturnType<Holders['told']>
  askAround: (reason: string) => void
  clockDifference: () => number | undefined
  onFork: (proof: ForkProof) => void
  onIssued: (notice: KeptNotice) => void
  unsafeNoGuard: boolean
}

/** The gate, and the issuer behind its guard: together they decide what enters a log, ours above all. */
export interface Signing extends AsyncDisposable {
  gate: Gate
  guard: SigningGuard
  issuer: Issuer
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
    others,
    told: options.told,
    askAround: options.askAround,
    now,
    listenSeconds: options.config.listenSeconds,
    unsafeNoGuard: options.unsafeNoGuard,
  })
  const gate = new Gate({
    member,
    store,
    types,
    registry,
    now,
    onOwnNotice: envelope => guard.seenOwnNotice(envelope),
    onFork: proof => {
      log.error({ issuer: proof.issuer, channel: proof.channel, seq: proof.seq }, 'fork proven')
      metrics.count('forks', { issuer: proof.issuer })
      if (proof.issuer === member) guard.stop(proof.channel, forkedReason(proof.seq))
      options.onFork(proof)
    },
    onRefusal: (error, { road, from, envelope }) => {
      metrics.count('refused', { code: error.code, road })
      log[levelOf(error)]({ code: error.code, road, from, ...(envelope && placeOf(envelope)) }, error.message)
    },
  })
  await guard.open()
  for (const { issuer: forked, channel, seq } of store.evidence.forks()) {
    if (forked === member) guard.stop(channel, forkedReason(seq))
  }
  const issuer = new Issuer({
    member,
    store,
    key: await importPrivateKey(options.keys.signing),
    kid: thumbprint(options.keys.signing),
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
  return { gate, guard, issuer, files, [Symbol.asyncDispose]: () => life.disposeAsync() }
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

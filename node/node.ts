import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { base64url } from 'jose'
import {
  type Envelope,
  type FocalpointError,
  findMember,
  forkProofText,
  importPrivateKey,
  limits,
  membersIn,
  type NoticeType,
  noticeTypes,
  type Registry,
  thumbprint,
} from '#protocol'
import packageJson from '../package.json' with { type: 'json' }
import { Gate } from './admit.ts'
import type { Desk } from './api/desk.ts'
import { openApi } from './api/index.ts'
import type { Config } from './config.ts'
import { openDesk } from './desk.ts'
import { Drafts } from './drafts.ts'
import { eraseDueParts } from './erase.ts'
import { SigningGuard } from './guard.ts'
import { clockDifferenceOf, healthOf, participantsOf, signingOf } from './health.ts'
import { Issuer, lastSignedRecord } from './issue.ts'
import type { Keys } from './keys.ts'
import { LastSignedFiles } from './last-signed.ts'
import { follow, repeat } from './loops.ts'
import { openMetrics } from './metrics.ts'
import { type Network, openNetwork } from './network/index.ts'
import { openPeople, type People } from './people.ts'
import { peopleRowsOf } from './people-rows.ts'
import { Publisher } from './publish.ts'
import { RegistryInForce } from './registry-in-force.ts'
import { Release } from './release.ts'
import { Share } from './share.ts'
import { openStore } from './store/index.ts'
import { Viewer } from './view.ts'

const version: string = packageJson.version

/** How often the guard, the outbox and the registry's dates are looked at when nothing else calls for it. */
const lookEveryMs = 1000
/** The folder's size is for health only. */
const weighEveryMs = 60_000

export interface NodeOptions {
  config: Config
  keys: Keys
  /** As read from the trust file. */
  registry: Registry
  types?: readonly NoticeType[]
  log: Logger
  /** Seconds since 1970. */
  now?: () => number
  /** Only for control runs that show what the restore guard is for. */
  unsafeNoGuard?: boolean
}

export interface Logger {
  debug: (fields: object, text: string) => void
  info: (fields: object, text: string) => void
  warn: (fields: object, text: string) => void
  error: (fields: object, text: string) => void
}

/** A running node. */
export interface FocalpointNode extends AsyncDisposable {
  readonly member: string
  /** Of the HTTP API. */
  readonly url: string
  readonly metricsUrl: string | undefined
  readonly peerId: string
  addresses: () => string[]
  connectTo: (addrs: readonly string[]) => Promise<void>
  readonly people: People
  /** What people and programs can ask of this node, for whoever is in the same process. */
  readonly desk: Desk
  /** Looks for parts whose day is over now, instead of at the next turn. */
  eraseDue: () => Promise<number>
}

/** Opens the rooms in order; what is open is closed in reverse, also when a later room fails. */
export async function openNode(options: NodeOptions): Promise<FocalpointNode> {
  const { config, keys, log, types = noticeTypes, now = secondsNow } = options
  const member = config.member
  const startedAt = now()
  let storeBytes = 0
  await using opened = new AsyncDisposableStack()
  const closing = new AbortController()

  const metrics = openMetrics()
  const store = opened.use(await openStore({ dir: join(config.dataDir, 'store'), beaconsFrom: now() }))
  const network: { room?: Network } = {}
  const inForce = await RegistryInForce.open({
    registry: options.registry,
    store,
    onChanged: async () => {
      log.info({ members: inForce.current.members.version, root: inForce.current.root.version }, 'registry changed')
      await gate.registryChanged()
      await network.room?.onRegistryChanged()
    },
  })
  const registry = () => inForce.current
  const channels = findMember(registry(), member)?.channels ?? []
  const others = (channel: string) => membersIn(registry(), channel).flatMap(({ id }) => (id === member ? [] : [id]))

  const files = new LastSignedFiles(config.signing.lastSignedDir)
  const guard = new SigningGuard({
    member,
    channels,
    files,
    head: channel => store.notices.head(channel, member),
    record: channel => lastSignedRecord(store, channel, member),
    takeBack: async notice => void (await gate.own(notice, [])),
    others,
    told: (other, channel) => network.room?.holders.told(other, channel),
    askAround: reason => void network.room?.catchUp(reason),
    now,
    listenSeconds: config.signing.listenSeconds,
    unsafeNoGuard: options.unsafeNoGuard ?? false,
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
      void network.room?.publishEvidence(forkProofText(proof))
    },
    onRefusal: (error, { road, from, envelope }) => {
      metrics.count('refused', { code: error.code, road })
      const fields = { code: error.code, road, from, ...(envelope && placeOf(envelope)) }
      log[levelOf(error)](fields, error.message)
    },
  })
  await guard.open()

  const issuer = new Issuer({
    member,
    store,
    key: await importPrivateKey(keys.signing),
    kid: thumbprint(keys.signing),
    registry,
    guard,
    files,
    admit: (text, extra) => gate.own(text, extra),
    salt: () => randomBytes(16).toString('base64url'),
    now,
    clockDifference: () => clockDifferenceOf(network.room?.peers() ?? []),
    onIssued: ({ envelope }) => {
      metrics.count('issued', { type: envelope.type })
      log.info(placeOf(envelope), 'issued')
      void publisher.run()
    },
  })
  const share = new Share(store)
  const room = opened.use(
    await openNetwork({
      member,
      nodeKey: base64url.decode(keys.node.d),
      listen: config.network.listen,
      peers: [...registry().seeds, ...config.network.peers],
      degree: config.network.degree,
      net: registry().net,
      channels,
      beaconEveryMs: config.network.beaconSeconds * 1000,
      catchUpEveryMs: config.network.catchUpSeconds * 1000,
      registry: inForce.view(),
      gate: {
        gossip: (text, by) => gate.gossip(text, by),
        page: (texts, by) => gate.page(texts, by),
        evidence: (text, by) => gate.evidence(text, by),
      },
      serve: {
        frontier: of => share.frontier(of),
        notices: ask => share.notices(ask),
        wanted: () => share.wanted(),
        frozenEvidence: () => store.evidence.forks().map(fork => fork.text),
      },
      storeBytes: () => storeBytes,
      softwareVersion: version,
      nextBeaconNumber: () => store.registry.nextBeaconNumber(),
      now,
      log,
      count: metrics.count,
    }),
  )
  network.room = room
  const publisher = new Publisher({
    member,
    store,
    publish: (channel, text) => room.publish(channel, text),
    poke: (other, channel) => room.poke(other, channel),
    others,
    holds: (other, { envelope }) => room.holders.holds(other, envelope.channel, envelope.issuer, envelope.seq),
    hasParts: (reader, id) => share.hasParts(reader, id),
    now,
  })

  const drafts = new Drafts({ member, channels, store, types, now })
  const people = openPeople(await peopleRowsOf(store), { now })
  const viewer = new Viewer({
    member,
    store,
    types,
    registry,
    holds: (other, { channel, issuer: of, seq }) => room.holders.holds(other, channel, of, seq),
  })
  const desk = openDesk({
    member,
    store,
    types,
    registry,
    drafts,
    release: new Release({ drafts, issuer, store, now }),
    viewer,
    participants: () => participantsOf(registry(), member, room.peers()),
    signing: () => signingOf(channels, guard),
    health: () =>
      healthOf({
        store,
        peers: room.peers(),
        upSeconds: now() - startedAt,
        clockToleranceSeconds: limits.clockToleranceSeconds,
      }),
  })
  const api = opened.use(
    await openApi({
      host: config.api.host,
      port: config.api.port,
      desk,
      people,
      ...(config.metrics.enabled && { metrics: { ...config.metrics, registry: metrics.registry } }),
      log,
      requestsPerMinute: config.api.requestsPerMinute,
    }),
  )
  const eraseDue = () =>
    eraseDueParts({
      member,
      channels,
      store,
      files,
      now,
      onErased: (id, names) => log.info({ id, names }, 'erased on its date'),
    })
  const look = async () => {
    await guard.look()
    await publisher.run()
  }
  const weigh = async () => {
    storeBytes = (await store.counts()).bytes
  }
  const onLoopError = (error: unknown) => {
    metrics.count('loop_errors')
    log.error({ error: String(error) }, 'a loop failed and goes on')
  }
  opened.defer(() => closing.abort())
  repeat(closing.signal, lookEveryMs, look, onLoopError)
  repeat(closing.signal, weighEveryMs, weigh, onLoopError)
  repeat(closing.signal, config.erasure.checkMinutes * 60_000, eraseDue, onLoopError)
  void follow(closing.signal, signal => room.holders.changed(signal), look, onLoopError)

  const life = opened.move()
  return {
    member,
    url: api.url,
    metricsUrl: api.metricsUrl,
    peerId: room.peerId,
    addresses: () => room.addresses(),
    connectTo: addrs => room.addPeers(addrs),
    people,
    desk,
    eraseDue,
    [Symbol.asyncDispose]: () => life.disposeAsync(),
  }
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

function secondsNow(): number {
  return Math.floor(Date.now() / 1000)
}

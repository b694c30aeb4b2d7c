import { join } from 'node:path'
import { base64url } from 'jose'
import {
  findMember,
  forkProofText,
  hasTopic,
  membersIn,
  type NoticeType,
  noticeTypes,
  type Registry,
} from '#protocol'
import packageJson from '../package.json' with { type: 'json' }
import type { Desk } from './api/desk.ts'
import { openApi } from './api/index.ts'
import type { Config } from './config.ts'
import type { Core, Logger } from './core.ts'
import { openDesk } from './desk.ts'
import { Drafts } from './drafts.ts'
import { eraseDueParts } from './erase.ts'
import { clockDifferenceOf, healthOf, participantsOf, signingOf } from './health.ts'
import type { Keys } from './keys.ts'
import { follow, repeat } from './loops.ts'
import { openMetrics } from './metrics.ts'
import { type Network, openNetwork } from './network/index.ts'
import { openPeople, type People } from './people.ts'
import { peopleRowsOf } from './people-rows.ts'
import { Publisher } from './publish.ts'
import { RegistryInForce } from './registry-in-force.ts'
import { Release } from './release.ts'
import { Share } from './share.ts'
import { openSigning } from './signing.ts'
import { openStore, type Store } from './store/index.ts'
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
  /** A demonstration: whatever is drafted here is marked as an exercise. */
  onlyExercises?: boolean
  /** Only for control runs that show what the restore guard is for. */
  unsafeNoGuard?: boolean
  /** Only for control runs that show what is lost with the power when nothing is flushed to the disk. */
  unsafeNoSync?: boolean
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
  const { member } = config
  const startedAt = now()
  await using opened = new AsyncDisposableStack()
  const closing = new AbortController()
  const later: { room?: Network } = {}

  const metrics = openMetrics()
  const store = opened.use(
    await openStore({
      dir: join(config.dataDir, 'store'),
      beaconsFrom: now(),
      unsafeNoSync: options.unsafeNoSync ?? false,
    }),
  )
  const inForce = await RegistryInForce.open({
    registry: options.registry,
    store,
    onChanged: async ({ root, members }) => {
      log.info({ root: root.version, members: members.version }, 'registry changed')
      await signing.gate.registryChanged()
      await later.room?.onRegistryChanged()
    },
  })
  const registry = () => inForce.current
  const channels = findMember(registry(), member)?.channels ?? []
  const others = (channel: string) =>
    membersIn(registry(), channel).flatMap(({ id }) => (id === member ? [] : [id]))
  const core: Core = { member, channels, others, store, types, registry, now, log, metrics }

  const signing = opened.use(
    await openSigning(core, {
      keys,
      config: config.signing,
      told: (other, channel) => later.room?.holders.told(other, channel),
      askAround: reason => void later.room?.catchUp(reason),
      clockDifference: () => clockDifferenceOf(later.room?.peers() ?? []),
      onFork: proof => {
        if (hasTopic(proof.channel)) void later.room?.publishEvidence(forkProofText(proof))
      },
      onIssued: () => void publisher.run().catch(onLoopError),
      unsafeNoGuard: options.unsafeNoGuard ?? false,
    }),
  )
  const { gate, guard, issuer, files } = signing
  const share = new Share(store)
  const weight = new StoreWeight(store)
  const room = opened.use(
    await openNetwork({
      member,
      nodeKey: base64url.decode(keys.node.d),
      listen: config.network.listen,
      announce: config.network.announce,
      peers: [...registry().seeds, ...config.network.peers],
      degree: config.network.degree,
      net: registry().net,
      channels,
      beaconEveryMs: config.network.beaconSeconds * 1000,
      catchUpEveryMs: config.network.catchUpSeconds * 1000,
      registry: inForce.view(),
      gate,
      serve: share,
      storeBytes: () => weight.bytes,
      softwareVersion: version,
      nextBeaconNumber: () => store.registry.nextBeaconNumber(),
      now,
      log,
      count: metrics.count,
    }),
  )
  later.room = room
  const holds = (other: string, place: { channel: string; issuer: string; seq: number }) =>
    room.holders.holds(other, place.channel, place.issuer, place.seq)
  const publisher = new Publisher({
    member,
    store,
    publish: (channel, text) => room.publish(channel, text),
    poke: (other, channel) => room.poke(other, channel),
    others,
    holds: (other, { envelope }) => holds(other, envelope),
    hasParts: (reader, id) => share.hasParts(reader, id),
    now,
  })

  const people = openPeople(await peopleRowsOf(store), { now })
  const drafts = new Drafts({
    member,
    channels,
    store,
    types,
    now,
    onlyExercises: options.onlyExercises ?? false,
  })
  const desk = openDesk({
    member,
    store,
    types,
    registry,
    drafts,
    release: new Release({ drafts, issuer, store, now }),
    viewer: new Viewer({ member, store, types, registry, holds }),
    participants: () => participantsOf(registry(), member, room.peers()),
    signing: () => signingOf(channels, guard),
    health: () => healthOf({ store, peers: room.peers(), upSeconds: now() - startedAt }),
  })
  const api = opened.use(
    await openApi({
      ...config.api,
      desk,
      people,
      ...(config.metrics.enabled && { metrics: { ...config.metrics, registry: metrics.registry } }),
      log,
    }),
  )
  const eraseDue = () =>
    eraseDueParts({
      net: registry().net,
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
  const onLoopError = (error: unknown) => {
    metrics.count('loop_errors')
    log.error({ error: String(error) }, 'a loop failed and goes on')
  }
  opened.defer(() => closing.abort())
  repeat(closing.signal, lookEveryMs, look, onLoopError)
  repeat(closing.signal, weighEveryMs, () => weight.look(), onLoopError)
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

/** How many bytes the store takes on disk, as last looked at. */
class StoreWeight {
  readonly #store: Store
  bytes = 0

  constructor(store: Store) {
    this.#store = store
  }

  async look(): Promise<void> {
    this.bytes = (await this.#store.counts()).bytes
  }
}

function secondsNow(): number {
  return Math.floor(Date.now() / 1000)
}

import { base64url } from 'jose'
import { findMember, forkProofText, hasTopic, membersIn, noticeTypes } from '#protocol'
import packageJson from '../package.json' with { type: 'json' }
import { adoptDocuments } from './adopt.ts'
import { type Api, openApi } from './api/index.ts'
import { rowsText } from './backup/rows-text.ts'
import { secondsNow } from './clock.ts'
import type { Core } from './core.ts'
import { openCustoms } from './customs.ts'
import { deliveryOptions, portsOf } from './deliver.ts'
import { openDelivery } from './delivery/index.ts'
import type { Desk } from './desk/desk.ts'
import { Drafts } from './drafts.ts'
import { eraseDueParts } from './erase.ts'
import { followingRegistry } from './follow-registry.ts'
import { clockDifferenceOf } from './health.ts'
import { checkKeysKnown } from './keys.ts'
import { follow, repeat } from './loops.ts'
import { openMetrics } from './metrics.ts'
import { type Network, openNetwork } from './network/index.ts'
import { openNetworkHistory } from './network-history.ts'
import type { NodeOptions } from './node-options.ts'
import { type Office, openOffice } from './office.ts'
import { openDesk } from './open-desk.ts'
import { Publisher } from './publish.ts'
import { refillStore } from './refill.ts'
import { RegistryInForce } from './registry-in-force.ts'
import { Release } from './release.ts'
import { openScreening } from './screening/index.ts'
import { Sendings } from './sending.ts'
import { Share } from './share.ts'
import { openSigning } from './signing.ts'
import { openCheckedStore } from './store/check/checked.ts'
import { schema } from './store/index.ts'
import { DiskWatch } from './surroundings.ts'
import { Viewer } from './view.ts'
import { openVitals } from './vitals.ts'
import { openPages } from './web/index.ts'

const version: string = packageJson.version

/** How often the guard, the outbox and the registry's dates are looked at when nothing else calls for it. */
const lookEveryMs = 1000
/** The disk and what lies on it are for health only. */
const lookAroundEveryMs = 60_000

export type { NodeOptions } from './node-options.ts'

/** A running node. */
export interface FocalpointNode extends AsyncDisposable, Pick<Office, 'people' | 'signIn' | 'audit'> {
  readonly member: string
  /** Of the HTTP API. */
  readonly url: string
  readonly metricsUrl: string | undefined
  readonly peerId: string
  addresses: () => string[]
  connectTo: (addrs: readonly string[]) => Promise<void>
  /** What people and programs can ask of this node, for whoever is in the same process. */
  readonly desk: Desk
  /** Looks for parts whose day is over now, instead of at the next turn. */
  eraseDue: () => Promise<number>
}

/** Opens the rooms in order; what is open is closed in reverse, also when a later room fails. */
export async function openNode(options: NodeOptions): Promise<FocalpointNode> {
  const { config, keys, log, types = noticeTypes, now = secondsNow, onlyExercises = false } = options
  const { member } = config
  await using opened = new AsyncDisposableStack()
  const closing = new AbortController()
  const later: { room?: Network; api?: Api } = {}

  const metrics = openMetrics({ ofProcess: config.metrics.enabled })
  const onLoopError = (error: unknown) => {
    metrics.count('loop_errors')
    log.error({ error: String(error) }, 'a loop failed and goes on')
  }
  const { store, refills } = await openCheckedStore({
    dataDir: config.dataDir,
    now,
    beaconsFrom: now(),
    freeSpaceBytes: config.store.freeSpaceMib * 1_048_576,
    onError: error => log.warn({ error: String(error) }, 'the high-water mark of the store was not written'),
    unsafeNoSync: options.unsafeNoSync ?? false,
    unsafeNoCheck: options.unsafeNoCheck ?? false,
  })
  opened.use(store)
  const inForce = await RegistryInForce.open({
    registry: options.registry,
    store,
    now,
    onChanged: async ({ root, members }) => {
      log.info({ root: root.version, members: members.version }, 'registry changed')
      await later.room?.onRegistryChanged()
      await followRegistry()
    },
  })
  const registry = () => inForce.current
  checkKeysKnown({ keys, registry: registry(), member })
  const channels = () => findMember(registry(), member)?.channels ?? []
  const others = (channel: string) =>
    membersIn(registry(), channel).flatMap(({ id }) => (id === member ? [] : [id]))
  const core: Core = { member, channels, others, store, types, registry, now, log, metrics }

  const signing = opened.use(
    await openSigning(core, {
      keys,
      rereadKeys: options.rereadKeys,
      config: config.signing,
      told: (other, channel) => later.room?.holders.told(other, channel),
      askAround: reason => void later.room?.catchUp(reason),
      clockDifference: () => clockDifferenceOf(later.room?.peers() ?? []),
      onFork: proof => {
        if (hasTopic(proof.channel)) void later.room?.publishEvidence(forkProofText(proof))
      },
      onStop: stop => {
        if (hasTopic(stop.channel)) void later.room?.publishEvidence(stop.text)
        else for (const other of others(stop.channel)) void later.room?.poke(other, stop.channel)
      },
      onIssued: () => void publisher.run().catch(onLoopError),
      unsafeNoGuard: options.unsafeNoGuard ?? false,
      unsafeNoBudgets: options.unsafeNoBudgets ?? false,
    }),
  )
  const { gate, guard, issuer, files } = signing
  const share = new Share({ store, wantedLogs: () => gate.wanted() })
  const followRegistry = followingRegistry(core, signing, () => later.room)
  await refillStore({ refills, gate, member, channels, log })
  await followRegistry()
  const disk = new DiskWatch(store, config.dataDir)
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
      storeBytes: () => disk.storeBytes,
      softwareVersion: version,
      nextBeaconNumber: () => store.registry.nextBeaconNumber(),
      now,
      log,
      count: metrics.count,
      unsafeOpenGate: options.unsafeOpenGate ?? false,
      unsafeNoScores: options.unsafeNoScores ?? false,
      unsafeNoOutboundBound: options.unsafeNoOutboundBound ?? false,
      unsafeNoWatchdog: options.unsafeNoWatchdog ?? false,
      unsafeNoBudgets: options.unsafeNoBudgets ?? false,
    }),
  )
  later.room = room
  const holds = (other: string, place: { channel: string; issuer: string; seq: number }) =>
    room.holders.holds(other, place.channel, place.issuer, place.seq)
  const publisher = new Publisher({
    ...core,
    publish: (channel, text) => room.publish(channel, text),
    poke: (other, channel) => room.poke(other, channel),
    holds: (other, { envelope }) => holds(other, envelope),
    hasParts: (reader, id) => share.hasParts(reader, id),
  })

  const office = await openOffice({ ...core, config, onError: onLoopError })
  const { people, signIn, audit } = office
  const drafts = new Drafts({ ...core, onlyExercises })
  const viewer = new Viewer({ member, store, types, registry, holds })
  const customs = opened.use(
    await openCustoms({
      ...core,
      config: config.screening,
      openScreening,
      viewer,
      onlyExercises,
      onError: onLoopError,
    }),
  )
  const telling = deliveryOptions({
    ...core,
    software: version,
    rules: config.delivery,
    ownPorts: () => portsOf([...room.addresses(), later.api?.url, later.api?.metricsUrl]),
    viewer,
    people,
    namesMeet: customs.screener.namesMeet,
    onLoopError,
    backOffMs: options.backOffMs,
  })
  const delivery = opened.use(await openDelivery(telling))
  const vitals = openVitals({
    ...core,
    config,
    version,
    disk,
    guard,
    keyOf: signing.keyOf,
    room,
    deliveries: delivery.counts,
  })
  const history = openNetworkHistory({ store, network: vitals.network, now })
  const release = new Release({ drafts, issuer, store, now })
  const sendings = new Sendings({
    store,
    release,
    people,
    now,
    log,
    pauseSeconds: config.pages.pauseSeconds,
    onSent: (person, about) => audit.note({ act: 'draft-released', person, about, from: 'page' }),
  })
  const desk = office.withTrail(
    openDesk({
      ...core,
      adopt: offered => adoptDocuments(offered, { inForce, gate }),
      drafts,
      release,
      sendings,
      repeats: office.repeats,
      viewer,
      customs: customs.desk,
      subscriptions: delivery.desk,
      network: vitals.network,
      networkHistory: history.hours,
      health: vitals.health,
      opened: office.opened,
      backup: () =>
        rowsText({ member, net: registry().net, software: version, schema, at: now() }, store.snapshot()),
    }),
  )
  const pages = await openPages({
    desk,
    people,
    signIn,
    audit,
    openApi: () => later.api?.description() ?? {},
    webhooks: config.delivery,
    log,
    onlyExercises,
    requestsPerMinute: config.api.requestsPerMinute,
    trustedProxies: config.api.trustedProxies,
    secureCookies: signIn.rules.secureCookies,
    now,
  })
  const api = opened.use(
    await openApi({
      ...config.api,
      elsewhere: pages.answer,
      desk,
      people,
      signIn,
      actAs: audit.as,
      ...(config.metrics.enabled && { metrics: { ...config.metrics, registry: metrics.registry } }),
      log,
    }),
  )
  // Pages that are followed live would hold the closing of the API.
  opened.use(pages)
  later.api = api
  const eraseDue = () =>
    eraseDueParts({
      ...core,
      net: registry().net,
      files,
      removeDueConsignments: () => customs.kept.removeDue(),
      onErased: (id, names) => log.info({ id, names }, 'erased on its date'),
    })
  const look = async () => {
    await guard.look()
    await publisher.run()
  }
  opened.defer(() => closing.abort())
  repeat(closing.signal, lookEveryMs, look, onLoopError)
  repeat(closing.signal, lookEveryMs, () => sendings.run(), onLoopError)
  repeat(closing.signal, lookAroundEveryMs, () => Promise.all([disk.look(), history.look()]), onLoopError)
  repeat(closing.signal, config.erasure.checkMinutes * 60_000, eraseDue, onLoopError)
  repeat(closing.signal, lookAroundEveryMs, office.forget, onLoopError)
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
    signIn,
    audit,
    desk,
    eraseDue,
    [Symbol.asyncDispose]: () => life.disposeAsync(),
  }
}

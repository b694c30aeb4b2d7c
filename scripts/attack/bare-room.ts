import { base64url } from 'jose'
import {
  type Network,
  type NetworkOptions,
  openNetwork,
  type UnsafeNetworkOptions,
} from '../../node/network/index.ts'
import type { AttackedAlliance } from './attack-alliance.ts'
import { fixedView } from './fixed-view.ts'

/** What differs from one such room to the next. */
export interface BareRoom extends UnsafeNetworkOptions {
  member: string
  alliance: AttackedAlliance
  channel: string
  gate: Pick<NetworkOptions['gate'], 'gossip' | 'page'>
  serve: Pick<NetworkOptions['serve'], 'frontier' | 'asking' | 'notices'>
}

/** The network room of one member alone, on a free port, without a store, a gate or a log behind it. */
export function openBareRoom({
  alliance,
  member,
  channel,
  gate,
  serve,
  ...unsafe
}: BareRoom): Promise<Network> {
  const { registry } = alliance
  let beacons = 0
  return openNetwork({
    ...unsafe,
    member,
    nodeKey: base64url.decode(alliance.keysOf(member).node.d),
    listen: ['/ip4/127.0.0.1/tcp/0'],
    peers: [],
    net: registry.net,
    channels: () => [channel],
    registry: fixedView(registry),
    gate: { ...gate, evidence: { judge: async () => 'ignore', stop: async () => 'ignore' } },
    serve: { ...serve, wanted: () => [], frozenEvidence: () => [], stops: () => [] },
    storeBytes: () => 0,
    softwareVersion: '0',
    nextBeaconNumber: () => {
      beacons += 1
      return beacons
    },
    now: () => Math.floor(Date.now() / 1_000),
    log: { info: () => {}, warn: () => {}, debug: () => {} },
    count: () => {},
  })
}

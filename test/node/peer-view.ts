import type { PeerView } from '../../node/network/index.ts'

/** A peer that is connected and up to date, but for what is changed. */
export function peer(changed: Partial<PeerView> = {}): PeerView {
  return {
    member: 'QM',
    peerId: undefined,
    connected: true,
    status: 'up to date',
    lastHeardAt: undefined,
    behind: undefined,
    software: undefined,
    clockDifferenceSeconds: undefined,
    root: undefined,
    members: undefined,
    storeBytes: undefined,
    lagMs: undefined,
    lastError: undefined,
    ...changed,
  }
}

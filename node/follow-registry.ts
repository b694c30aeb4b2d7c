import { followChannels } from './channels.ts'
import type { Core } from './core.ts'
import type { Network } from './network/index.ts'
import type { Signing } from './signing.ts'

/**
 * Gives what applies the registry in force to what this node holds and does: called at the start, for it may have
 * changed meanwhile, and with every change.
 */
export function followingRegistry(
  { channels, others, registry, store, now, log }: Core,
  { gate, openGuard, files }: Pick<Signing, 'gate' | 'openGuard' | 'files'>,
  room: () => Pick<Network, 'catchUp' | 'peers'> | undefined,
): () => Promise<void> {
  let joined = channels()

  return async () => {
    await openGuard()
    await gate.registryChanged()
    const left = await followChannels({ net: registry().net, store, files, joined: channels, now })
    if (left.length > 0) log.warn({ channels: left }, 'channels left: their parts were deleted')
    const fresh = channels().filter(channel => !joined.includes(channel))
    joined = channels()
    for (const member of new Set(fresh.flatMap(others))) void room()?.catchUp('joined', member)
    if (gate.wanted().length === 0) return
    const connected =
      room()
        ?.peers()
        .filter(peer => peer.connected) ?? []
    for (const { member } of connected) void room()?.catchUp('end', member)
  }
}

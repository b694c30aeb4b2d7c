import { type Channel, channelNames, channels } from './channels.ts'

/** The gossip topics of a network; an opt-in channel has none, so nobody relays what they have not joined. */
export function topicsOf(net: string) {
  const prefix = `/focalpoint/1/${net}`
  return {
    channels: Object.fromEntries(
      channelNames.filter(name => !channels[name].optIn).map(name => [name, `${prefix}/${name}`]),
    ) as Partial<Record<Channel, string>>,
    registry: `${prefix}/registry`,
    evidence: `${prefix}/evidence`,
    beacons: `${prefix}/beacons`,
  }
}

/** The protocol id of catch-up. */
export function syncProtocolOf(net: string): string {
  return `/focalpoint/1/${net}/sync`
}

import type { PeerStatus } from '../desk/peer-status.ts'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { type Operation, putJson, remove } from './operation.ts'

/** How the members' nodes were in one hour. */
export interface NetworkHour {
  /** Hours since 1970. */
  hour: number
  /** Member → its worst status that lasted, and the most that it was behind by. */
  members: Record<string, { status: PeerStatus; behindBy: number }>
}

export interface NetworkHours {
  /** Oldest first. */
  list: () => NetworkHour[]
  /** Puts this hour in its place, and lets go of those before `from`. */
  putOps: (hour: NetworkHour, from: number) => Operation[]
}

export function networkHoursIn(mirror: Mirror): NetworkHours {
  const { list } = jsonRows<NetworkHour>(mirror)
  return {
    list,
    putOps: (hour, from) => [
      putJson(tables.networkHour.key(hour.hour), hour),
      ...list()
        .filter(each => each.hour < from)
        .map(each => remove(tables.networkHour.key(each.hour))),
    ],
  }
}

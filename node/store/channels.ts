import { tables } from './keys.ts'
import { leaveOps, rejoinOps } from './leaving-rows.ts'
import { type Operation, put, remove } from './operation.ts'
import type { Rows } from './rows.ts'

/** Channels that were left: their envelopes stay, their parts are gone. */
export interface LeftChannels {
  isLeft: (channel: string) => boolean
  leftOps: (channel: string) => Operation[]
  joinedOps: (channel: string) => Operation[]
  leaveOps: typeof leaveOps
  rejoinOps: typeof rejoinOps
}

export function leftChannelsIn(rows: Rows): LeftChannels {
  return {
    isLeft: channel => rows.get(tables.left.key(channel)) !== undefined,
    leftOps: channel => [put(tables.left.key(channel), '')],
    joinedOps: channel => [remove(tables.left.key(channel))],
    leaveOps,
    rejoinOps,
  }
}

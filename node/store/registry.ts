import { FocalpointError, type SignedDocument } from '#protocol'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { type Operation, put, putJson } from './operation.ts'
import type { Rows } from './rows.ts'

/** Beacons go out every 30 s: a block lasts eight hours, and no more than one is skipped by a crash. */
const numbersPerBlock = 1000

/** Two signed documents with one version: the coordinators have said two things. */
export interface RegistryConflict {
  code: 'members-conflict' | 'root-conflict'
  version: number
  /** Seconds since 1970. */
  at: number
  /** The one that was held first and stays in force here. */
  ours: SignedDocument
  theirs: SignedDocument
}

export interface RegistryRows {
  /** The newest trust.json adopted, as text. */
  trust: () => string | undefined
  putTrustOps: (text: string) => Operation[]
  /** Every pair of documents of one version that was seen. */
  conflicts: () => RegistryConflict[]
  /** One pair for each kind and version. */
  conflictOps: (conflict: RegistryConflict) => Operation[]
  /** Strictly increasing, also over a crash: none is given before its block is reserved on disk. Throws `disk-full`. */
  nextBeaconNumber: () => number
}

export interface RegistryRowsOptions {
  rows: Rows
  /** Documents that contradict each other. */
  conflicts: Mirror
  write: (operations: Operation[]) => Promise<void>
  /** No number is lower: the time in seconds keeps them increasing over a restored backup. */
  beaconsFrom: number
}

export async function openRegistryRows({
  rows,
  conflicts: mirror,
  write,
  beaconsFrom,
}: RegistryRowsOptions): Promise<RegistryRows> {
  const conflicts = jsonRows<RegistryConflict>(mirror)
  let last = Math.max(Number(rows.get(tables.beacon.key()) ?? 0), beaconsFrom)
  let reserved = last
  let reserving: Promise<void> | undefined
  let failure: unknown

  async function reserve(): Promise<void> {
    const upTo = reserved + numbersPerBlock
    try {
      await write([put(tables.beacon.key(), String(upTo))])
      reserved = upTo
      failure = undefined
    } catch (error) {
      failure = error
    } finally {
      reserving = undefined
    }
  }

  await reserve()
  return {
    trust: () => rows.get(tables.trust.key()),
    putTrustOps: text => [put(tables.trust.key(), text)],
    conflicts: conflicts.list,
    conflictOps: conflict => {
      const key = tables.conflict.key(conflict.code, conflict.version)
      return conflicts.find(key) === undefined ? [putJson(key, conflict)] : []
    },
    nextBeaconNumber() {
      if (last >= reserved) throw failure ?? outrun()
      const isLow = reserved - last < numbersPerBlock / 2
      if (isLow && reserving === undefined) reserving = reserve()
      return ++last
    },
  }
}

function outrun(): FocalpointError<'internal'> {
  const what = 'beacon numbers are used faster than they are reserved'
  return new FocalpointError('internal', `Something went wrong inside: ${what}.`, { what })
}

import type { Consignment, Lane, Match, Screened, ScreenedBy } from '../consignment.ts'
import type { Person } from '../people.ts'
import type { ColumnMap } from './consignments/column-map-form.ts'

/** What customs ask of the node, beside notices. */
export interface CustomsDesk {
  screening: ScreeningDesk
  consignments: ConsignmentsDesk
  columnMaps: ColumnMapsDesk
}

export interface ScreeningDesk {
  /** The most days for which a consignment may be kept. */
  keepDaysMost: number
  /** Keeps nothing without `keepDays`. Throws `node-not-ready`, `quota-reached`, `conflict` where too many are kept. */
  screen(
    consignments: readonly Consignment[],
    o: { person: Person; keepDays?: number },
  ): Promise<{ results: ScreenedHere[] } & ScreenedBy>
}

export interface ScreenedHere extends Screened {
  /** Where it is kept, and the last day (YYYY-MM-DD). */
  kept?: { id: string; until: string }
}

/** Those that their owner chose to keep; somebody else's are not there. */
export interface ConsignmentsDesk {
  /** Newest first. */
  list(person: Person, o: { lane?: Lane; before?: string; limit: number }): Promise<KeptConsignmentView[]>
  find(id: string, person: Person): KeptConsignmentView | undefined
  /** Screened anew, with reasons. Throws `not-found`, `node-not-ready`. */
  get(id: string, person: Person): Promise<KeptConsignmentView & { matches: readonly Match[] }>
  remove(id: string, person: Person): Promise<void>
  /** What this person keeps, and may keep. */
  room(person: Person): KeptRoom
}

export interface KeptRoom {
  consignments: number
  consignmentsMost: number
  /** Of the consignments as JSON. */
  bytes: number
  bytesMost: number
}

export interface KeptConsignmentView {
  id: string
  consignment: Consignment
  /** As it was found last. */
  lane: Lane
  exercise: boolean
  /** Without the words of any notice. */
  matches: readonly KeptMatch[]
  /** Seconds since 1970. */
  keptAt: number
  screenedAt: number
  /** The last day, YYYY-MM-DD. */
  keptUntil: string
}

export type KeptMatch = Pick<Match, 'kind' | 'notice' | 'type' | 'item' | 'score' | 'lane' | 'exercise'>

export interface ColumnMapsDesk {
  list(): StoredColumnMap[]
  find(name: string): StoredColumnMap | undefined
  /** Throws `map-changed` when another version is held, `quota-reached`. */
  put(name: string, map: ColumnMap, person: Person, o: { version?: number }): Promise<StoredColumnMap>
  /** Throws `not-found`, `map-changed`. */
  remove(name: string, o: { version?: number }): Promise<void>
}

/** Of the whole office. */
export interface StoredColumnMap {
  name: string
  map: ColumnMap
  /** From 1; one more with every change. */
  version: number
  /** The id of the person who changed it last. */
  by: string
  /** Seconds since 1970. */
  at: number
}

import type { NoticeType, Registry } from '#protocol'
import type { Metrics } from './metrics.ts'
import type { Store } from './store/index.ts'

export interface Logger {
  debug: (fields: object, text: string) => void
  info: (fields: object, text: string) => void
  warn: (fields: object, text: string) => void
  error: (fields: object, text: string) => void
}

/** What every part of the spine goes by. */
export interface Core {
  /** The participant that this node speaks for. */
  member: string
  /** The channels that it has joined, as the registry has it now. */
  channels: () => readonly string[]
  /** The other members of a channel, as the registry has it now. */
  others: (channel: string) => string[]
  store: Store
  types: readonly NoticeType[]
  registry: () => Registry
  /** Seconds since 1970. */
  now: () => number
  log: Logger
  metrics: Metrics
}

import type { Config } from '../../config.ts'
import type { Keys } from '../../keys.ts'
import type { Role } from '../../people.ts'

// What the demonstration and the processes that host its nodes say to each other.

export interface NodeToOpen {
  config: Config
  keys: Keys
  /** Where its log lines go. */
  logFile: string
  /** That it joins, and has signed nothing in when its folder is new. */
  channels: string[]
}

export interface OpenedNode {
  member: string
  url: string
  metricsUrl?: string
  dataDir: string
  peerId: string
  pid: number
  addresses: string[]
  tokens: Record<Role, string>
  /** A link for each role that opens the pages; as often as it is needed, while the demonstration runs. */
  signIn: Record<Role, string>
}

export type ToHost =
  | { kind: 'open'; trust: string; nodes: NodeToOpen[] }
  | { kind: 'connect'; addresses: Record<string, string[]> }
  | { kind: 'measure' }
  | { kind: 'close' }

export type FromHost =
  | { kind: 'opened'; nodes: OpenedNode[] }
  | { kind: 'connected' }
  | { kind: 'measured'; rssBytes: number }
  | { kind: 'failed'; code: string; message: string; details: unknown }

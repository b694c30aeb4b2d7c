import type { Frontier } from '#protocol'

/** What a bundle tells besides the notices that were asked for. */
export interface ExportDesk {
  /** To be told when one is sent, in which form. */
  begun(format: string): void
  /** How far each log is held here now. */
  heads(): Frontier
  /** Ids of one log from this place on, in its order; fewer than `limit` where the log ends. */
  ids(place: { channel: string; issuer: string; seq: number }, limit: number): string[]
  /** Open proofs of forks, and stops, as they travel. */
  evidence(): { channel: string; kind: 'fork' | 'stop'; text: string }[]
}

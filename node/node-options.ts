import type { NoticeType, Registry } from '#protocol'
import type { Config } from './config.ts'
import type { Logger } from './core.ts'
import type { Keys } from './keys.ts'
import type { UnsafeNetworkOptions } from './network/index.ts'

export interface NodeOptions extends UnsafeNetworkOptions {
  config: Config
  keys: Keys
  /** The key file once more, when the registry has a key of ours that `keys` lacks; without it a restart is needed. */
  rereadKeys?: () => Promise<Keys>
  /** As read from the trust file. */
  registry: Registry
  types?: readonly NoticeType[]
  log: Logger
  /** Seconds since 1970. */
  now?: () => number
  /** A demonstration: whatever is drafted here is marked as an exercise. */
  onlyExercises?: boolean
  /** How long a webhook waits after so many failures in a row; for tests, which do not. */
  backOffMs?: (failed: number) => number
  /** Only for control runs that show what the restore guard is for. */
  unsafeNoGuard?: boolean
  /** Only for control runs that show what is lost with the power when nothing is flushed to the disk. */
  unsafeNoSync?: boolean
  /** Only for control runs that show what a damaged store serves when nothing checks it. */
  unsafeNoCheck?: boolean
}

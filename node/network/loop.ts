import { setTimeout as wait } from 'node:timers/promises'

interface Loop {
  everyMs: number
  /** The share of the interval that a turn may come early or late, so that nodes do not beat in step. */
  jitter?: number
  signal: AbortSignal
}

/** Does the task again and again until the signal; a turn begins only when the one before has ended. */
export async function repeat(
  { everyMs, jitter = 0, signal }: Loop,
  task: () => Promise<void> | void,
): Promise<void> {
  while (await slept(jittered(everyMs, jitter), signal)) await task()
}

/** Waits; false when the signal came first. */
export async function slept(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal })
    return true
  } catch {
    return false
  }
}

export function jittered(ms: number, share: number): number {
  return ms * (1 + share * (2 * Math.random() - 1))
}

import { setImmediate } from 'node:timers/promises'

/** So long a page or another node may wait for its turn. */
const turnMs = 20

/** Called between pieces of long work: lets all else come first whenever a turn has lasted long enough. */
export function pausesOf(): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    if (performance.now() - began < turnMs) return undefined
    return setImmediate().then(() => {
      began = performance.now()
    })
  }
}

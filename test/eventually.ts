import { vi } from 'vitest'

/** The answer of `fact` once it no longer throws. How long that takes says more of the machine than of the code. */
export function eventually<Fact>(fact: () => Fact | Promise<Fact>, { everyMs = 20 } = {}): Promise<Fact> {
  return vi.waitFor(fact, { timeout: 60_000, interval: everyMs })
}

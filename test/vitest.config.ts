import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './closing-line.ts'
import { SlowFirst } from './slow-first.ts'
import { Standstill } from './standstill.ts'

/** Whole nodes start and catch up in here, on machines that do other things too: it ends what hangs, and measures nothing. */
const longestTestMs = 120_000

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..'),
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // One worker reads what the nodes are made of once for all of its files: a quarter of the whole time went there.
    isolate: false,
    // Browsers, disks and clocks are waited for: a third worker fills the gaps of two cores.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    testTimeout: longestTestMs,
    hookTimeout: longestTestMs,
    expect: { poll: { timeout: 60_000, interval: 20 } },
    allowOnly: false,
    // Nodes that really talk depend on what else the machine does: CI asks twice, and names what it asked twice.
    retry: process.env.CI === undefined ? 0 : 1,
    reporters: ['default', new ClosingLine(), new Standstill()],
  },
})

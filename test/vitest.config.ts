import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './closing-line.ts'
import { Standstill } from './standstill.ts'

/** Whole nodes start and catch up in here. */
const longestTestMs = 30_000

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..'),
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: longestTestMs,
    hookTimeout: longestTestMs,
    allowOnly: false,
    reporters: ['default', new ClosingLine(), new Standstill()],
  },
})

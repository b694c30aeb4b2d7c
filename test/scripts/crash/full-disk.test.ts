import { expect, test } from 'vitest'
import { fullDiskRounds } from '../../../scripts/crash/full-disk.ts'

test('a full disk is told, loses nothing that was promised, and is written to again within seconds of having space', async () => {
  const report = await fullDiskRounds({ rounds: 1, means: 'limit' })
  expect(report).toMatchObject({ acknowledgedLost: 0, doubled: 0 })
  expect(Object.keys(report.refusals)).toContain('disk-full')
  expect(report.secondsToWriteAgain).toBeLessThanOrEqual(10)
  expect(report.raw.acknowledgedLost).toBeGreaterThan(0)
})

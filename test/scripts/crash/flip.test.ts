import { expect, test } from 'vitest'
import { flipRounds } from '../../../scripts/crash/flip.ts'

test('a flipped byte is served to nobody, loses nothing in silence, and is mended', async () => {
  const report = await flipRounds({ rounds: 4, seed: 2 })
  expect(report).toMatchObject({ rounds: 4, wrongServed: 0, silentLoss: 0, notRecovered: 0 })
  expect(report.detected).toBeGreaterThan(0)
  expect(report.detected + report.harmless).toBe(4)
})

test('without the check the same flips lose what nobody is told of', async () => {
  const { silentLoss, notRecovered, detected } = await flipRounds({
    rounds: 1,
    seed: 2,
    only: /\.log$/,
    unsafeNoCheck: true,
  })
  expect(detected).toBe(0)
  expect(silentLoss + notRecovered).toBeGreaterThan(0)
})

import { expect, test } from 'vitest'
import { follow, repeat } from '../../node/loops.ts'
import { eventually } from '../eventually.ts'

test('a turn begins only when the one before has ended, and a failure is told and followed by the next', async () => {
  const stop = new AbortController()
  let [turns, atOnce] = [0, 0]
  const errors: unknown[] = []
  const work = async () => {
    atOnce += 1
    turns += 1
    expect(atOnce).toBe(1)
    await new Promise(setImmediate)
    atOnce -= 1
    if (turns % 2 === 0) throw new Error(`turn ${turns}`)
  }
  repeat(stop.signal, 1, work, error => errors.push(error))
  await eventually(() => expect(errors.length).toBeGreaterThan(1))
  stop.abort()
  const before = turns
  await turnsOfAnother(10)
  expect(turns).toBeLessThanOrEqual(before + 1)
})

test('who follows works once for every change, a failed turn included, until the signal', async () => {
  const stop = new AbortController()
  const [changes, done, errors]: [(() => void)[], number[], string[]] = [[], [], []]
  const changed = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      changes.push(resolve)
      signal.addEventListener('abort', () => reject(new Error('aborted')))
    })
  const work = async () => {
    done.push(done.length)
    if (done.length === 1) throw new Error('first')
  }
  const following = follow(stop.signal, changed, work, error => errors.push((error as Error).message))
  for (const turn of [1, 2, 3]) {
    await eventually(() => expect(changes).toHaveLength(turn))
    changes.at(-1)?.()
    await eventually(() => expect(done).toHaveLength(turn))
  }
  await eventually(() => expect(changes).toHaveLength(4))
  stop.abort()
  await following
  expect(done).toHaveLength(3)
  expect(errors).toEqual(['first', 'aborted'])
})

/** Resolves when a loop as fast as the one under test has had so many turns. */
async function turnsOfAnother(count: number): Promise<void> {
  const stop = new AbortController()
  let turns = 0
  const work = async () => {
    turns += 1
  }
  repeat(stop.signal, 1, work, () => {})
  await eventually(() => expect(turns).toBeGreaterThan(count))
  stop.abort()
}

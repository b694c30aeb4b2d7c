import { describe, expect, test } from 'vitest'
import { canObserveWith, findObserver, observers } from '../../scripts/crash/power.ts'
import { crashRounds, forgetfulRounds, powerCutsApart } from '../../scripts/crash/rounds.ts'

// Few rounds of what `npm run bench -- crash power-cut --rounds 100` does: two nodes in processes of their own, one
// issuing, one receiving, killed at moments that the seed chooses.

const seed = 1
const nothingLost = { lost: 0, doubled: 0, forked: 0, differing: 0, setAside: 0 }
const notThere = 'it is not on this machine, so nobody outside the program can see what it flushes'

test('kill -9 while issuing and receiving: no acknowledged notice is lost, doubled or forked', async () => {
  const report = await crashRounds({ rounds: 3, seed, cut: 'process' })
  expect(report).toMatchObject(nothingLost)
  expect(report.acknowledged.issued).toBeGreaterThan(1)
  expect(report.acknowledged.received).toBeGreaterThan(1)
})

test('a release that was never answered is asked for again and made once; without its key it is made twice', async () => {
  const options = { rounds: 1, seed, cut: 'process', moments: ['between promise and answer'] } as const
  expect(await crashRounds(options)).toMatchObject({ ...nothingLost, rounds: 1 })
  expect(await crashRounds({ ...options, unsafeNoKey: true })).toMatchObject({ ...nothingLost, doubled: 1 })
})

describe.each(observers)('the power goes with all that was not flushed, as %s sees it:', observer => {
  const cut = { power: observer }

  test('what was acknowledged is there', async ({ skip }) => {
    skip(!canObserveWith(observer), notThere)
    const report = await crashRounds({ rounds: 1, seed, cut })
    expect(report).toMatchObject(nothingLost)
    expect(report.acknowledged.issued).toBeGreaterThan(0)
    expect(report.cutBytes).toBeGreaterThan(0)
  })

  test('where nothing is flushed, it is not', async ({ skip }) => {
    skip(!canObserveWith(observer), notThere)
    const { acknowledged, lost } = await powerCutsApart({ rounds: 1, seed, cut, unsafeNoSync: true })
    expect(acknowledged).toBeGreaterThan(0)
    expect(lost).toBeGreaterThan(0)
  })
})

test('where nothing is flushed and nobody is asked, a place is signed twice when the power goes', async ({
  skip,
}) => {
  const power = findObserver()
  if (power === undefined) return skip(notThere)
  const options = { rounds: 1, seed, cut: { power } }
  expect(await forgetfulRounds(options)).toMatchObject({
    forked: expect.toSatisfy(count => count > 0),
    differing: expect.toSatisfy(count => count > 0),
  })
})

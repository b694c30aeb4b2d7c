import { expect, test } from 'vitest'
import { type Restored, restoreRounds } from '../../scripts/crash/restore.ts'

// `npm run bench -- restore --rounds 20` does the same twenty times each.
const rounds = 1

test.each<Restored>(['data folder', 'database', 'last-signed', 'nothing'])(
  'put back: %s. The node signs nothing before it has caught up with its own log, then the next place',
  async restored => {
    expect(await restoreRounds({ restored, rounds, seed: 1 })).toEqual({
      rounds,
      placesSignedTwice: 0,
      refusedAlone: rounds,
      rightNext: rounds,
    })
  },
)

test.each<Restored>(['data folder', 'database', 'nothing'])(
  'put back without the guard: %s. The node signs a place twice',
  async restored => {
    const report = await restoreRounds({ restored, rounds, seed: 1, unsafeNoGuard: true })
    expect(report).toMatchObject({ placesSignedTwice: rounds, refusedAlone: 0, rightNext: 0 })
  },
)

test('an old last-signed alone does no harm even without the guard, for the database knows every place', async () => {
  const report = await restoreRounds({ restored: 'last-signed', rounds: 1, seed: 1, unsafeNoGuard: true })
  expect(report).toMatchObject({ placesSignedTwice: 0, refusedAlone: 0, rightNext: 1 })
})

test('a backup restored over what was issued since: the same with the guard and without', async () => {
  const guarded = await restoreRounds({ restored: 'backup', rounds: 1, seed: 1 })
  expect(guarded).toMatchObject({ placesSignedTwice: 0, refusedAlone: 1, rightNext: 1 })
  const unguarded = await restoreRounds({ restored: 'backup', rounds: 1, seed: 1, unsafeNoGuard: true })
  expect(unguarded).toMatchObject({ placesSignedTwice: 1, refusedAlone: 0, rightNext: 0 })
})

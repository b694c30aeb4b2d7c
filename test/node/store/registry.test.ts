import { expect, test } from 'vitest'
import { openStore } from '../../../node/store/index.ts'
import { removeFolder, temporaryFolder, temporaryStore } from './builders.ts'

test('the newest trust text is kept', async () => {
  await using store = await temporaryStore()
  expect(store.registry.trust()).toBeUndefined()
  await store.write(store.registry.putTrustOps('{"version":1}'))
  await store.write(store.registry.putTrustOps('{"version":2}'))
  expect(store.registry.trust()).toBe('{"version":2}')
})

test('a beacon number is never given twice, also when the store was not closed in order', async () => {
  const dir = await temporaryFolder()
  let last = 0
  for (let life = 0; life < 3; life++) {
    await using store = await openStore({ dir })
    for (let count = 0; count < 400; count++) {
      const next = store.registry.nextBeaconNumber()
      expect(next).toBeGreaterThan(last)
      last = next
    }
  }
  {
    await using store = await openStore({ dir, beaconsFrom: 1_700_000_000 })
    expect(store.registry.nextBeaconNumber()).toBe(1_700_000_001)
  }
  await removeFolder(dir)
})

test('beacon numbers go on beyond a block, each block on disk before its first number', async () => {
  await using store = await temporaryStore()
  for (let expected = 1; expected <= 2500; expected++) {
    expect(store.registry.nextBeaconNumber()).toBe(expected)
    if (expected % 400 === 0) await store.write([])
  }
})

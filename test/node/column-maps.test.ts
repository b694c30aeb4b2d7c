import { expect, onTestFinished, test } from 'vitest'
import { columnMapsOf } from '../../node/column-maps.ts'
import type { Person } from '../../node/people.ts'
import { openStore } from '../../node/store/index.ts'
import { removeFolder, temporaryFolder } from './store/builders.ts'

const ana: Person = { id: 'ana', name: 'Ana', roles: ['customs'], disabled: false, createdAt: 0 }
const map = { columns: { description: 'Ware' } }

test('of two colleagues who change one version at once the second is told, and a restart keeps the first', async () => {
  const dir = await temporaryFolder()
  const now = () => 1_790_000_000
  {
    await using store = await openStore({ dir })
    const maps = columnMapsOf({ store, now })
    expect(await maps.put('atlas', map, ana, {})).toMatchObject({ name: 'atlas', map, version: 1, by: 'ana' })
    const both = await Promise.allSettled([
      maps.put('atlas', { ...map, separator: ';' }, ana, { version: 1 }),
      maps.put('atlas', { ...map, separator: '|' }, ana, { version: 1 }),
    ])
    expect(both).toMatchObject([{ value: { version: 2 } }, { reason: { code: 'map-changed' } }])
    await expect(maps.put('new', map, ana, { version: 1 })).rejects.toMatchObject({ code: 'map-changed' })
    await expect(maps.remove('none', {})).rejects.toMatchObject({ code: 'not-found' })
  }
  await using store = await openStore({ dir })
  const maps = columnMapsOf({ store, now })
  expect(maps.list()).toMatchObject([{ name: 'atlas', version: 2, map: { separator: ';' } }])
  await maps.remove('atlas', { version: 2 })
  expect(maps.find('atlas')).toBeUndefined()
  await removeFolder(dir)
})

test('one person saves so many maps and no more, also at once; those that are there are changed and deleted', async () => {
  const dir = await temporaryFolder()
  onTestFinished(() => removeFolder(dir))
  await using store = await openStore({ dir })
  const maps = columnMapsOf({ store, now: () => 1_790_000_000 })
  const names = Array.from({ length: 52 }, (_, at) => `map-${at}`)
  const saved = await Promise.allSettled(names.map(name => maps.put(name, map, ana, {})))
  expect(saved.slice(0, 50).every(({ status }) => status === 'fulfilled')).toBe(true)
  expect(saved.slice(50)).toMatchObject([
    { reason: { code: 'quota-reached', details: { most: 50 } } },
    { reason: { code: 'quota-reached' } },
  ])
  expect(await maps.put('map-0', map, ana, {})).toMatchObject({ version: 2 })
  await maps.put('others', map, { ...ana, id: 'ben' }, {})
  await maps.remove('map-1', {})
  await maps.put('map-50', map, ana, {})
})

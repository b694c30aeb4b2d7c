import { expect, test } from 'vitest'
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

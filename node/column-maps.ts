import type { ColumnMap } from './desk/consignments/column-map-form.ts'
import type { ColumnMapsDesk, StoredColumnMap } from './desk/customs.ts'
import type { Store } from './store/index.ts'

/** How exports of other systems are read: what one colleague worked out holds for the whole office. */
export function columnMapsOf({ store, now }: { store: Store; now: () => number }): ColumnMapsDesk {
  const find = (name: string): StoredColumnMap | undefined => {
    const held = store.columnMaps.find(name)
    return held && asSaved(held)
  }
  return {
    find,
    list: () => store.columnMaps.list().map(asSaved),
    async put(name, map, person, { version }) {
      await store.writeAlone(store.columnMaps.putOps({ name, map, by: person.id, at: now() }, version))
      return find(name) ?? { name, map, by: person.id, at: now(), version: 1 }
    },
    remove: (name, { version }) => store.writeAlone(store.columnMaps.deleteOps(name, version)),
  }
}

/** It passed its form when it was saved. */
function asSaved({ map, ...held }: ReturnType<Store['columnMaps']['list']>[number]): StoredColumnMap {
  return { ...held, map: map as ColumnMap }
}

import { FocalpointError } from '#protocol'
import type { ColumnMap } from './desk/consignments/column-map-form.ts'
import type { ColumnMapsDesk, StoredColumnMap } from './desk/customs.ts'
import type { Store } from './store/index.ts'

/** Of those that one person changed last: an office reads the exports of some systems, and not of hundreds. */
const mapsPerPerson = 50

/** How exports of other systems are read: what one colleague worked out holds for the whole office. */
export function columnMapsOf({ store, now }: { store: Store; now: () => number }): ColumnMapsDesk {
  const find = (name: string): StoredColumnMap | undefined => {
    const held = store.columnMaps.find(name)
    return held && asSaved(held)
  }
  /** One after the other: what one saves the next one counts. */
  let turn: Promise<unknown> = Promise.resolve()
  return {
    find,
    list: () => store.columnMaps.list().map(asSaved),
    async put(name, map, person, { version }) {
      const saved = turn.then(() => {
        checkQuota(store, { name, person: person.id })
        return store.writeAlone(store.columnMaps.putOps({ name, map, by: person.id, at: now() }, version))
      })
      turn = saved.catch(() => {})
      await saved
      return find(name) ?? { name, map, by: person.id, at: now(), version: 1 }
    },
    remove: (name, { version }) => store.writeAlone(store.columnMaps.deleteOps(name, version)),
  }
}

/** Throws `quota-reached`; a map that is there already may always be changed. */
function checkQuota({ columnMaps }: Store, { name, person }: { name: string; person: string }): void {
  const own = columnMaps.list().filter(({ by }) => by === person)
  if (own.length < mapsPerPerson || columnMaps.find(name) !== undefined) return
  throw new FocalpointError(
    'quota-reached',
    `${own.length} column maps were saved last by you, and one person saves at most ${mapsPerPerson}. Delete column maps that nobody needs.`,
    { what: 'column maps', most: mapsPerPerson },
  )
}

/** It passed its form when it was saved. */
function asSaved({ map, ...held }: ReturnType<Store['columnMaps']['list']>[number]): StoredColumnMap {
  return { ...held, map: map as ColumnMap }
}

import { FocalpointError } from '#protocol'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { late, type Operation, putJson, remove } from './operation.ts'

export interface StoredColumnMap {
  name: string
  map: object
  /** From 1; one more with every change. */
  version: number
  /** The id of the person who changed it last. */
  by: string
  /** Seconds since 1970. */
  at: number
}

export interface ColumnMaps {
  find: (name: string) => StoredColumnMap | undefined
  list: () => StoredColumnMap[]
  /** Made of the one that is held when this is written; makes `write` throw `map-changed` when it is of another version than `version`. */
  putOps: (map: Omit<StoredColumnMap, 'version'>, version: number | undefined) => Operation[]
  /** Makes `write` throw `not-found`, `map-changed`. */
  deleteOps: (name: string, version: number | undefined) => Operation[]
}

export function columnMapsIn(mirror: Mirror): ColumnMaps {
  const maps = jsonRows<StoredColumnMap>(mirror)
  return {
    find: name => maps.find(tables.columnMap.key(name)),
    list: maps.list,
    putOps: (map, version) => {
      const key = tables.columnMap.key(map.name)
      return late(view => {
        const held = parsed(view.get(key))
        checkVersion(map.name, held, version)
        return [putJson(key, { ...map, version: (held?.version ?? 0) + 1 })]
      })
    },
    deleteOps: (name, version) => {
      const key = tables.columnMap.key(name)
      return late(view => {
        const held = parsed(view.get(key))
        if (held === undefined) throw notFound(name)
        checkVersion(name, held, version)
        return [remove(key)]
      })
    },
  }
}

function parsed(value: string | undefined): StoredColumnMap | undefined {
  return value === undefined ? undefined : JSON.parse(value)
}

function checkVersion(name: string, held: StoredColumnMap | undefined, version: number | undefined): void {
  if (version === undefined || version === held?.version) return
  throw new FocalpointError(
    'map-changed',
    'Somebody changed this column map since you read it: read it again, then save.',
    { name },
  )
}

function notFound(name: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', `There is no column map "${name}".`, {
    what: 'column map',
    id: name,
  })
}

import type { OpenedRows } from '../opened.ts'
import { fieldOf, tables, under } from './keys.ts'
import { late, type Operation, put } from './operation.ts'
import type { Rows } from './rows.ts'

export interface OpenedRowsOptions {
  rows: Rows
  write: (operations: readonly Operation[]) => Promise<void>
}

export function openedRowsIn({ rows, write }: OpenedRowsOptions): OpenedRows {
  return {
    find(notice) {
      const value = rows.get(tables.opened.key(notice))
      if (value === undefined) return undefined
      const [person = '', at] = value.split(' ')
      return { person, at: Number(at) }
    },
    async mark(notice, { person, at }) {
      let isFirst = false
      await write(
        late(view => {
          const key = tables.opened.key(notice)
          isFirst = view.get(key) === undefined
          return isFirst ? [put(key, `${person} ${at}`)] : []
        }),
      )
      return isFirst
    },
    ids: async () => (await rows.scanKeys(under('opened'))).map(key => fieldOf(key, 1)),
    async from(now) {
      const key = tables.openedFrom.key()
      const held = rows.get(key)
      if (held !== undefined) return Number(held)
      await write([put(key, String(now))])
      return now
    },
  }
}

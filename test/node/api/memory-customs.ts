import { FocalpointError } from '#protocol'
import type { CustomsDesk, KeptConsignmentView, StoredColumnMap } from '../../../node/desk/customs.ts'
import type { Person } from '../../../node/people.ts'
import type { StandInScreener } from '../stand-in-screener.ts'

/** What customs ask, in memory. */
export function memoryCustoms(screener: StandInScreener): CustomsDesk {
  const kept: { person: string; view: KeptConsignmentView }[] = []
  const maps = new Map<string, StoredColumnMap>()
  const find = (id: string, person: Person) =>
    kept.find(({ person: owner, view }) => owner === person.id && view.id === id)?.view
  const checkVersion = (name: string, version: number | undefined) => {
    if (version === undefined || version === maps.get(name)?.version) return
    throw new FocalpointError('map-changed', 'It has changed.', { name })
  }
  return {
    screening: {
      keepDaysMost: 30,
      async screen(consignments, { person, keepDays }) {
        const { results, ...by } = await screener.screen(consignments)
        if (keepDays === undefined) return { results, ...by }
        const views = results.map(({ lane, exercise, matches }, at): KeptConsignmentView => {
          const consignment = consignments[at] ?? { description: '' }
          const id = `kept-${kept.length + at + 1}`
          return {
            id,
            consignment,
            lane,
            exercise,
            matches,
            keptAt: 1,
            screenedAt: 1,
            keptUntil: '2031-01-01',
          }
        })
        kept.push(...views.map(view => ({ person: person.id, view })))
        const told = results.map((result, at) => ({
          ...result,
          kept: { id: views[at]?.id ?? '', until: '2031-01-01' },
        }))
        return { results: told, ...by }
      },
    },
    consignments: {
      room: ({ id }) => ({
        consignments: kept.filter(({ person }) => person === id).length,
        consignmentsMost: 20_000,
        bytes: 0,
        bytesMost: 64 * 1024 * 1024,
      }),
      list: async (person, { lane, before, limit }) =>
        kept
          .filter(
            ({ person: owner, view }) => owner === person.id && (lane === undefined || view.lane === lane),
          )
          .map(({ view }) => view)
          .filter(({ id }) => before === undefined || id < before)
          .reverse()
          .slice(0, limit),
      find,
      async get(id, person) {
        const view = find(id, person)
        if (view === undefined) throw missing('consignment', id)
        const { results } = await screener.screen([view.consignment])
        return { ...view, matches: results[0]?.matches ?? [] }
      },
      async remove(id, person) {
        if (find(id, person) === undefined) throw missing('consignment', id)
        kept.splice(
          kept.findIndex(({ view }) => view.id === id),
          1,
        )
      },
    },
    columnMaps: {
      list: () => [...maps.values()],
      find: name => maps.get(name),
      async put(name, map, person, { version }) {
        checkVersion(name, version)
        const stored = { name, map, by: person.id, at: 1, version: (maps.get(name)?.version ?? 0) + 1 }
        maps.set(name, stored)
        return stored
      },
      async remove(name, { version }) {
        if (!maps.has(name)) throw missing('column map', name)
        checkVersion(name, version)
        maps.delete(name)
      },
    },
  }
}

function missing(what: string, id: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', `There is no such ${what}.`, { what, id })
}

import { randomUUID } from 'node:crypto'
import { goodsList } from '#protocol'
import type { Role } from '../../../node/people.ts'
import { exampleOf, type TestApi } from './open-test-api.ts'

export interface RealObject {
  /** Makes one, by somebody else than the persons of the test, and gives its id. */
  make: (api: TestApi) => Promise<string>
  /**
   * What a person gets of it who has the right role and did not make it: `shared`, all that the role may do; `own`, the
   * same answer as if there were no such thing.
   */
  others: 'shared' | 'own'
  /** By method: the role that may use it on everybody's all the same. */
  but?: Record<string, Role>
  /** The role that finds its own alone where others share. */
  ownAlone?: Role
  because: string
}

/** Whose things there are at each address that leads to one thing. */
const objects: Record<string, RealObject> = {
  '/v1/drafts/{id}': {
    make: async api => (await api.desk.drafts.create(exampleOf('denial'), await another(api))).id,
    others: 'shared',
    ownAlone: 'customs',
    because: 'officers of one focal point stand in for each other, and four eyes need a second person',
  },
  '/v1/notices/{id}': {
    make: async api => api.desk.admit(exampleOf('denial'), { issuer: 'QN' }).id,
    others: 'shared',
    because: 'notices are for every reader; anyone may answer, and the type says whose answer counts',
  },
  '/v1/consignments/{id}': {
    make: async api => {
      const person = await another(api)
      const { results } = await api.desk.screening.screen([{ description: 'hoses' }], { person, keepDays: 3 })
      return results[0]?.kept?.id ?? ''
    },
    others: 'own',
    because: 'what somebody screened and chose to keep is theirs alone',
  },
  '/v1/column-maps/{name}': {
    make: async api => {
      const map = { columns: { description: 'Ware' } }
      return (await api.desk.columnMaps.put('atlas', map, await another(api), {})).name
    },
    others: 'shared',
    because: 'what one colleague worked out holds for the whole office',
  },
  '/v1/people/{id}': {
    make: async api => (await another(api)).id,
    others: 'shared',
    because: 'administrators look after all persons',
  },
  '/v1/tokens/{id}': {
    make: async api => {
      const { id } = await another(api)
      return (await api.people.createToken({ person: id, label: 'another', days: 1 })).token.hash
    },
    others: 'shared',
    because: 'administrators look after all tokens',
  },
  '/v1/subscriptions/{id}': {
    make: async api => {
      const { id } = await another(api)
      const target = { kind: 'feed' } as const
      const wanted = { label: 'Another', filter: {}, remarks: true, matches: false, target }
      return (await api.desk.subscriptions.create(id, wanted)).subscription.id
    },
    others: 'own',
    but: { DELETE: 'admin' },
    because: 'what an office looks for is its own affair; an administrator removes what was left behind',
  },
  '/v1/feeds/{secret}': {
    make: async api => {
      api.desk.subscriptions.feeds.set('link', { id: 's', label: 'Another', at: 1, items: [] })
      return 'link'
    },
    others: 'shared',
    because: 'whoever has the link may read',
  },
  '/v1/goods/{item}': {
    make: async () => goodsList.items[0]?.id ?? '',
    others: 'shared',
    because: 'nobody owns it',
  },
  '/v1/network/{member}': { make: async () => 'QN', others: 'shared', because: 'nobody owns it' },
  '/v1/schemas/{name}.json': { make: async () => 'denial', others: 'shared', because: 'nobody owns it' },
}

/** Whose things a route leads to. Throws for one that nobody has told of here. */
export function objectAt(path: string): RealObject | undefined {
  if (!path.includes('{')) return undefined
  const [, found] = Object.entries(objects).find(([prefix]) => path.startsWith(prefix)) ?? []
  if (found === undefined) throw new Error(`Say in real-objects.ts whose things ${path} leads to.`)
  return found
}

/** The address of something real that somebody else made; the same address for a route without a parameter. */
export async function realPath(api: TestApi, path: string): Promise<string> {
  const object = objectAt(path)
  return object === undefined ? path : path.replace(/\{\w+\}/, encodeURIComponent(await object.make(api)))
}

/** A person who is none of those who ask. */
async function another(api: TestApi) {
  return api.people.add({ name: `Somebody else ${randomUUID()}`, roles: ['officer', 'customs'] })
}

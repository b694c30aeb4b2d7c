import { goodsList } from '#protocol'
import { exampleOf, type TestApi } from './open-test-api.ts'

/** For each address that leads to one thing: a real one, made by somebody else than the persons of the test. */
const objects: Record<string, (api: TestApi) => Promise<string>> = {
  '/v1/drafts/{id}': async api => (await api.desk.drafts.create(exampleOf('denial'), await another(api))).id,
  '/v1/notices/{id}': async api => api.desk.admit(exampleOf('denial'), { issuer: 'QN' }).id,
  '/v1/people/{id}': async api => (await another(api)).id,
  '/v1/tokens/{id}': async api => {
    const { id } = await another(api)
    return (await api.people.createToken({ person: id, label: 'another', days: 1 })).token.hash
  },
  '/v1/goods/{item}': async () => goodsList.items[0]?.id ?? '',
  '/v1/network/{member}': async () => 'QN',
  '/v1/schemas/{name}.json': async () => 'denial',
}

/** The address of something real; the same address for a route without a parameter. */
export async function realPath(api: TestApi, path: string): Promise<string> {
  if (!path.includes('{')) return path
  const [known, make] = Object.entries(objects).find(([prefix]) => path.startsWith(prefix)) ?? []
  if (known === undefined || make === undefined)
    throw new Error(`Say in real-objects.ts where something real for ${path} comes from.`)
  return path.replace(/\{\w+\}/, encodeURIComponent(await make(api)))
}

/** A person who is none of those who ask. */
async function another(api: TestApi) {
  return api.people.add({ name: 'Somebody else', roles: ['officer', 'customs'] })
}

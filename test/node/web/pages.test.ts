import { afterAll, beforeAll, expect, test } from 'vitest'
import { goodsList } from '#protocol'
import { type Role, roles } from '../../../node/people.ts'
import { pageRoutes } from '../../../node/web/pages.ts'
import type { Route } from '../../../node/web/route.ts'
import { openTestOffice, type TestOffice } from './open-test-office.ts'

let at: TestOffice
const cookies = new Map<Role, Record<string, string>>()

beforeAll(async () => {
  at = await openTestOffice()
  for (const role of roles) cookies.set(role, await at.signedIn(await at.add(`The ${role}`, [role])))
})
afterAll(() => at[Symbol.asyncDispose]())

interface Asking {
  method: 'GET' | 'POST'
  address: string
  access: Route['access']
}

/** Whatever stands in the navigation, and whatever will: each page and each form. */
function everyAsking(): Asking[] {
  return pageRoutes(at.office).flatMap(({ path, access, show, submit }): Asking[] => {
    const address = path.replace(/:\w+/g, 'nothing')
    return [
      ...(show ? [{ method: 'GET' as const, address, access }] : []),
      ...(submit ? [{ method: 'POST' as const, address, access }] : []),
    ]
  })
}

function mayUse(access: Route['access'], role: Role): boolean {
  return access === 'anyone' || access.some(each => each === 'reader' || each === role)
}

test.each([
  ['/network', ['coordinator', 'admin']],
  ['/network/:member', ['coordinator', 'admin']],
  ['/members/requests', ['coordinator']],
  ['/members/documents', ['coordinator', 'admin']],
  ['/flows', ['reader']],
  ['/members', ['reader']],
  ['/people', ['admin']],
  ['/screen', ['customs']],
] as const)('%s is for %s', (path, access) => {
  expect(pageRoutes(at.office).find(route => route.path === path)?.access).toEqual(access)
})

test('each page refuses each role that it does not name, and no other', async () => {
  const wrong: unknown[] = []
  for (const { method, address, access } of everyAsking()) {
    if (access === 'anyone') continue
    for (const role of roles) {
      const asked = await at.ask(method, address, { cookies: cookies.get(role) ?? {} })
      const isRefused =
        asked.status === 403 && asked.text.includes(`one of these roles: ${access.join(', ')}.`)
      if (isRefused === mayUse(access, role)) wrong.push({ method, address, role, status: asked.status })
    }
  }
  expect(wrong).toEqual([])
  expect(everyAsking().length).toBeGreaterThan(40)
})

test('a stranger is led to sign-in, and back to where they wanted to go', async () => {
  for (const { method, address, access } of everyAsking()) {
    if (access === 'anyone') continue
    const { status, location } = await at.ask(method, address)
    const back = address === '/' || method === 'POST' ? '' : `?back=${encodeURIComponent(address)}`
    expect({ method, address, status, location }).toEqual({
      method,
      address,
      status: 303,
      location: `/sign-in${back}`,
    })
  }
})

test('each of the goods has its page', async () => {
  const [officer = {}] = [cookies.get('officer')]
  for (const { id } of [...goodsList.items, ...goodsList.watch]) {
    const { status } = await at.ask('GET', `/products/${id}`, { cookies: officer })
    expect({ id, status }).toEqual({ id, status: 200 })
  }
})

test('an address that is none is told so', async () => {
  for (const url of ['//', '///', '/%', '/notices/%ff'])
    expect((await at.app.inject({ method: 'GET', url })).statusCode).toBeOneOf([400, 404])
})

test('only what forms send is read', async () => {
  for (const type of ['text/plain', 'application/json', 'application/xml']) {
    const headers = { 'content-type': type, 'sec-fetch-site': 'none' }
    const { status, text } = await at.ask('POST', '/sign-in', { headers, payload: '{"name":"a"}' })
    expect({ type, status }).toEqual({ type, status: 415 })
    expect(text).toContain('A page takes what its forms send.')
  }
})

test('no form is taken from another page, whoever is signed in', async () => {
  const foreign = [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]
  for (const { method, address } of everyAsking()) {
    if (method === 'GET') continue
    for (const headers of foreign) {
      const { status } = await at.ask(method, address, { cookies: cookies.get('admin') ?? {}, headers })
      expect({ address, status }).toEqual({ address, status: 403 })
    }
  }
})

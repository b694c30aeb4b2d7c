import { expect, test } from 'vitest'
import { openPeople, type Person, readsNominal } from '../../node/people.ts'
import { peopleRows } from './people-rows.ts'

const start = 1_800_000_000
const day = 86_400

function house() {
  const rows = peopleRows()
  return { rows, people: openPeople(rows, { now: () => start }) }
}

async function withToken(options: { roles?: Person['roles']; days?: number } = {}) {
  const { rows, people } = house()
  const person = await people.add({ name: 'Licensing desk', roles: ['officer', 'releaser'] })
  const made = await people.createToken({ person: person.id, label: 'laptop', days: 30, ...options })
  return { rows, people, person, ...made }
}

test('a token is 256 random bits and is kept only as its hash', async () => {
  const { rows, secret, token } = await withToken()
  expect(secret).toMatch(/^fp_[A-Za-z0-9_-]{43}$/)
  expect(JSON.stringify([...rows.tokens])).not.toContain(secret.slice(3))
  expect(token.hash).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test('a token speaks for its person with all of the person’s roles unless it was given fewer', async () => {
  const full = await withToken()
  expect(full.people.authenticate(full.secret, start)?.roles).toEqual(['officer', 'releaser'])
  const narrow = await withToken({ roles: ['releaser'] })
  const caller = narrow.people.authenticate(narrow.secret, start)
  expect(caller?.roles).toEqual(['releaser'])
  expect(caller?.person.id).toBe(narrow.person.id)
})

test('a token ends on its day', async () => {
  const { people, secret } = await withToken({ days: 2 })
  expect(people.authenticate(secret, start + 2 * day - 1)).toBeDefined()
  expect(people.authenticate(secret, start + 2 * day)).toBeUndefined()
})

test('a revoked token stops at once', async () => {
  const { people, secret, token } = await withToken()
  await people.revokeToken(token.hash)
  expect(people.authenticate(secret, start)).toBeUndefined()
})

test('every token of a disabled person stops at once, and no new one is made', async () => {
  const { people, person, secret } = await withToken()
  await people.disable(person.id)
  expect(people.authenticate(secret, start)).toBeUndefined()
  await expect(people.createToken({ person: person.id, label: 'again', days: 1 })).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('what is no token of this node is nobody', async () => {
  const { people, secret } = await withToken()
  for (const wrong of [
    '',
    'fp_',
    `${secret}A`,
    secret.slice(0, -1),
    secret.toLowerCase().replace('fp_', 'FP_'),
  ]) {
    expect(people.authenticate(wrong, start)).toBeUndefined()
  }
})

test('a token cannot have a role that its person has not', async () => {
  await expect(withToken({ roles: ['officer', 'admin'] })).rejects.toMatchObject({
    code: 'request-malformed',
    details: { errors: [{ pointer: '/roles/1', code: 'vocabulary' }] },
  })
})

test.each([
  ['no day', { days: 0 }, '/days'],
  ['half a day', { days: 0.5 }, '/days'],
  ['a hundred years', { days: 36_500 }, '/days'],
  ['no role', { roles: [] }, '/roles'],
])('a token for %s is refused', async (_name, options, pointer) => {
  await expect(withToken(options)).rejects.toMatchObject({ details: { errors: [{ pointer }] } })
})

test('a person needs a name and at least one role, and every fault is told at once', async () => {
  const { people } = house()
  await expect(people.add({ name: ' ', roles: [] })).rejects.toMatchObject({
    code: 'request-malformed',
    details: { errors: [{ pointer: '/name' }, { pointer: '/roles' }] },
  })
  expect(people.list()).toEqual([])
})

test('what a person may do changes for every token at once, and no token has more than it was made with', async () => {
  const { people, person, secret } = await withToken({ roles: ['officer'] })
  const held = () => people.authenticate(secret, start)?.roles
  await people.changeRoles(person.id, ['releaser', 'customs'])
  expect(held()).toEqual([])
  expect((await people.changeRoles(person.id, ['customs', 'officer'])).roles).toEqual(['officer', 'customs'])
  expect(held()).toEqual(['officer'])
  await expect(people.changeRoles(person.id, [])).rejects.toMatchObject({
    details: { errors: [{ pointer: '/roles' }] },
  })
  await people.disable(person.id)
  await expect(people.changeRoles(person.id, ['officer'])).rejects.toMatchObject({ code: 'conflict' })
})

test('the last administrator stays one, also when two take the role from each other at one moment', async () => {
  const { people } = house()
  const [a, b] = [
    await people.add({ name: 'A. Heron', roles: ['admin'] }),
    await people.add({ name: 'B. Stork', roles: ['admin', 'officer'] }),
  ]
  const done = await Promise.allSettled([people.disable(a.id), people.changeRoles(b.id, ['officer'])])
  expect(done.map(each => each.status === 'rejected' && each.reason.code)).toEqual([
    false,
    'last-administrator',
  ])
  await expect(people.disable(b.id)).rejects.toMatchObject({ code: 'last-administrator' })
  expect((await people.changeRoles(b.id, ['admin'])).roles).toEqual(['admin'])
  expect((await people.disable(a.id)).disabled).toBe(true)
})

test('no two persons have one name, however it is written, also when both are added at one moment', async () => {
  const { people } = house()
  const add = (name: string) => people.add({ name, roles: ['officer'] })
  const done = await Promise.allSettled([add('Ana  Müller'), add('ana mu\u0308ller')])
  expect(done).toMatchObject([
    { value: { name: 'Ana Müller' } },
    { reason: { code: 'name-taken', details: { name: 'Ana Müller' } } },
  ])
  for (const name of [' ANA MÜLLER ', 'AnaMüller', 'Ana Mül\u200bler'])
    await expect(add(name), name).rejects.toMatchObject({ code: 'name-taken' })
  await people.disable(people.list()[0]?.id ?? '')
  expect((await add('Ana Müller')).name).toBe('Ana Müller')
})

test('a person or token that is not there is not found', async () => {
  const { people } = house()
  await expect(people.changeRoles('nobody', ['officer'])).rejects.toMatchObject({ code: 'not-found' })
  await expect(people.disable('nobody')).rejects.toMatchObject({ code: 'not-found' })
  await expect(people.revokeToken('nothing')).rejects.toMatchObject({ code: 'not-found' })
})

test('names of parties are read by officers, releasers and customs only', () => {
  expect(readsNominal(['officer'])).toBe(true)
  expect(readsNominal(['releaser'])).toBe(true)
  expect(readsNominal(['coordinator', 'customs'])).toBe(true)
  expect(readsNominal(['coordinator', 'admin'])).toBe(false)
})

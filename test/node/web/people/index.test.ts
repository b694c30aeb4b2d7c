import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Role } from '../../../../node/people.ts'
import { openTestOffice, type TestOffice } from '../open-test-office.ts'

let at: TestOffice
let cookies: Record<string, string>
let admin: string
beforeAll(async () => {
  at = await openTestOffice()
  const person = await at.add('The admin', ['admin'])
  admin = person.id
  cookies = await at.signedIn(person)
})
afterAll(() => at[Symbol.asyncDispose]())

function send(address: string, fields: [string, string][] = []) {
  return at.ask('POST', address, { cookies, payload: new URLSearchParams(fields).toString() })
}

function roles(...given: Role[]): [string, string][] {
  return given.map(role => ['roles', role])
}

test('roles are changed on a page, at once for who is signed in, and the trail says to what', async () => {
  const person = await at.add('A. Heron', ['officer'])
  const theirs = await at.signedIn(person)
  expect((await at.ask('GET', '/screen', { cookies: theirs })).status).toBe(403)
  const { text } = await at.ask('GET', `/people/${person.id}/roles`, { cookies })
  expect(text).toMatch(/value="officer"[^>]*checked/)
  const changed = await send(`/people/${person.id}/roles`, roles('customs', 'officer'))
  expect(changed.location).toBe(`/people/${person.id}?roles=changed`)
  expect((await at.ask('GET', '/screen', { cookies: theirs })).status).toBe(200)
  const trail = await at.ask('GET', '/audit?act=roles-changed', { cookies })
  expect(trail.text).toMatch(/A\. Heron.{0,20}: Licensing officer and Customs officer/s)
  expect((await at.ask('GET', '/audit.csv?act=roles-changed', { cookies })).text).toContain('officer customs')
})

test('the last administrator keeps the role and is not disabled, and the page says why', async () => {
  const refused = await send(`/people/${admin}/roles`, roles('officer'))
  expect(refused).toMatchObject({
    status: 422,
    text: expect.stringContaining('Nobody else is administrator'),
  })
  expect((await send(`/people/${admin}/roles`)).text).toContain('Choose at least one role')
  const disabled = await send(`/people/${admin}/disable`)
  expect(disabled).toMatchObject({
    status: 409,
    text: expect.stringContaining('/problems/last-administrator'),
  })
})

test('an administrator ends one session of a person and no other, and that is noted', async () => {
  const person = await at.add('B. Crane', ['officer'])
  const [one, other] = [await at.signedIn(person), await at.signedIn(person)]
  const isIn = async (theirs: Record<string, string>) =>
    (await at.ask('GET', '/account', { cookies: theirs })).status === 200
  const session = at.office.signIn.authenticate(one.focalpoint ?? '', at.clock.now)?.session.id
  const address = `/people/${person.id}/sessions/${session}/end`
  expect((await at.ask('GET', `/people/${person.id}`, { cookies })).text).toContain(`action="${address}"`)
  expect((await send(`/people/${admin}/sessions/${session}/end`)).status).toBe(303)
  expect([await isIn(one), await isIn(other)]).toEqual([true, true])
  expect((await send(address)).location).toBe(`/people/${person.id}?ended=one`)
  expect([await isIn(one), await isIn(other)]).toEqual([false, true])
  await send(`/people/${person.id}/end-sessions`)
  expect(await isIn(other)).toBe(false)
  const trail = await at.office.audit.list({ act: 'signed-out', limit: 9 })
  expect(trail.map(each => [each.person, each.about])).toEqual(Array(2).fill([admin, person.id]))
})

test('when somebody came in last is told without a look at the trail', async () => {
  const person = await at.add('C. Grebe', ['officer'])
  const addresses = ['/people', `/people/${person.id}`]
  const list = vi.spyOn(at.office.audit, 'list')
  const pages = await Promise.all(addresses.map(address => at.ask('GET', address, { cookies })))
  for (const { text } of pages) expect(text).toContain('never')
  await at.signedIn(person)
  expect((await at.ask('GET', `/people/${person.id}`, { cookies })).text).not.toContain('never')
  expect(list).not.toHaveBeenCalled()
})

test('a name that somebody has is refused, however it is written, with how to tell the two apart', async () => {
  await at.add('Ana Stork', ['officer'])
  const refused = await send('/people/new', [['name', ' ana  STORK'], ...roles('customs')])
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('Ana Stork, second floor')
  expect(refused.text).toMatch(/value="customs"[^>]*checked/)
})

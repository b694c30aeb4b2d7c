import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestOffice, type TestOffice } from '../open-test-office.ts'

let at: TestOffice
beforeAll(async () => {
  at = await openTestOffice()
})
afterAll(() => at[Symbol.asyncDispose]())

const browser = { address: '192.0.2.1', userAgent: 'A browser' }
const password = 'several quiet herons'

async function linkFor(name: string, o: { again?: boolean } = {}) {
  const person = await at.add(name, ['officer'])
  const { secret } = await at.office.signIn.createLink(person.id, { minutes: 5, ...o })
  return { person, address: `/sign-in/${secret}` }
}

async function withPassword(name: string) {
  const person = await at.add(name, ['officer'])
  const { secret } = await at.office.signIn.createLink(person.id, { minutes: 5 })
  await at.office.signIn.setPassword(await at.office.signIn.openLink(secret, browser), { next: password })
  return person
}

function form(fields: Record<string, string>) {
  return { payload: new URLSearchParams(fields).toString() }
}

test('whatever looks at a link does not use it up: the button opens it, once', async () => {
  const { address } = await linkFor('A. Heron')
  for (const _ of [1, 2]) {
    const looked = await at.ask('GET', address)
    expect(looked.text).toContain('Sign in as A. Heron')
    expect(looked.cookie).toBeUndefined()
  }
  const opened = await at.ask('POST', address)
  expect(opened).toMatchObject({ status: 303, location: '/', cookie: expect.stringMatching(/^fs_/) })
  expect(await at.ask('POST', address)).toMatchObject({ status: 410, cookie: undefined })
  expect((await at.ask('GET', address)).status).toBe(410)
})

test('a link of the demonstration opens at once, as often as it is followed', async () => {
  const { address } = await linkFor('B. Stork', { again: true })
  const first = await at.ask('GET', address)
  const second = await at.ask('GET', address)
  expect(first.cookie).not.toBe(second.cookie)
  expect([first.status, second.status]).toEqual([303, 303])
})

test('signing in begins a session of its own and ends the one before in this browser', async () => {
  const before = await at.signedIn(await withPassword('C. Crane'))
  const { cookie = '', location } = await at.ask('POST', '/sign-in', {
    cookies: before,
    ...form({ name: 'C. Crane', password, back: '/account' }),
  })
  expect(location).toBe('/account')
  expect((await at.ask('GET', '/account', { cookies: before })).location).toMatch(/^\/sign-in/)
  expect((await at.ask('GET', '/account', { cookies: { focalpoint: cookie } })).status).toBe(200)
})

test.each([
  ['//evil.example/x', '/'],
  ['https://evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['/sign-in/fl_secret', '/'],
  ['/notices?q=a', '/notices?q=a'],
])('nobody is led elsewhere after signing in: %s becomes %s', async (back, to) => {
  await withPassword(`For ${back}`)
  const { location } = await at.ask('POST', '/sign-in', form({ name: `For ${back}`, password, back }))
  expect(location).toBe(to)
})

test('after five wrong tries the page says how long to wait, also with the right password', async () => {
  await withPassword('D. Ibis')
  for (const _ of [1, 2, 3, 4, 5]) {
    expect((await at.ask('POST', '/sign-in', form({ name: 'D. Ibis', password: 'wrong' }))).status).toBe(422)
  }
  const locked = await at.ask('POST', '/sign-in', form({ name: 'D. Ibis', password }))
  expect(locked).toMatchObject({
    status: 429,
    cookie: undefined,
    text: expect.stringContaining('Wait 1 minute,'),
  })
})

test('behind a proxy each address waits for itself: from the right, and only as far as proxies are trusted', async () => {
  const guess = async (forwarded: string, remoteAddress: string) => {
    const { statusCode } = await at.app.inject({
      method: 'POST',
      url: '/sign-in',
      remoteAddress,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': forwarded,
      },
      payload: new URLSearchParams({ name: `Nobody ${forwarded}`, password }).toString(),
    })
    return statusCode
  }
  // What a client writes itself stands further left than what the proxies add.
  for (let tries = 0; tries < 20; tries++)
    await guess(`203.0.113.${tries}, 198.51.100.7, 10.0.0.2`, '::ffff:10.0.0.1')
  expect(await guess('198.51.100.7', '10.0.0.1')).toBe(429)
  expect(await guess('198.51.100.8', '10.0.0.1')).toBe(422)
  for (let tries = 0; tries < 20; tries++) await guess(`203.0.113.${tries}`, '198.51.100.9')
  expect(await guess('203.0.113.99', '198.51.100.9')).toBe(429)
})

test('when a session is over, the way in says so and leads back to where one was', async () => {
  const cookies = await at.signedIn(await at.add('E. Egret', ['officer']))
  at.clock.now += 31 * 60
  expect((await at.ask('GET', '/account?x=1', { cookies })).location).toBe(
    '/sign-in?why=ended&back=%2Faccount%3Fx%3D1',
  )
  const sent = await at.ask('POST', '/account/end-others', {
    cookies,
    headers: { referer: 'http://localhost:80/account' },
  })
  expect(sent.location).toBe('/sign-in?why=ended&back=%2Faccount')
})

test('a page that is only open keeps no session alive; staying does', async () => {
  const cookies = await at.signedIn(await at.add('F. Grebe', ['officer']))
  const live = { 'x-requested-by': 'live' }
  at.clock.now += 29 * 60
  expect((await at.ask('GET', '/account/idle', { cookies, headers: live })).text).toContain('data-left="60"')
  expect((await at.ask('POST', '/account/idle', { cookies })).text).toContain('data-left="1800"')
  at.clock.now += 31 * 60
  expect((await at.ask('GET', '/account/idle', { cookies, headers: live })).location).toMatch(/^\/sign-in/)
})

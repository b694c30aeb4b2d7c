import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestOffice, type TestOffice } from '../open-test-office.ts'

let at: TestOffice
beforeAll(async () => {
  at = await openTestOffice()
})
afterAll(() => at[Symbol.asyncDispose]())

const asked = 'You signed in by a link that works once'

async function isAsked(cookies: Record<string, string>) {
  const pages = await Promise.all(['/', '/account'].map(page => at.ask('GET', page, { cookies })))
  return pages.map(({ text }) => text.includes(asked))
}

async function setPassword(cookies: Record<string, string>) {
  const next = 'several quiet herons'
  const payload = new URLSearchParams({ next, again: next }).toString()
  expect((await at.ask('POST', '/account/password', { cookies, payload })).location).toMatch(/set$/)
}

test('whoever came in by a link that works once is asked to set a password, until one is set', async () => {
  const cookies = await at.signedIn(await at.add('A. Heron', ['officer']))
  expect(await isAsked(cookies)).toEqual([true, true])
  expect((await at.ask('GET', '/', { cookies })).text).toContain('href="/account#password"')
  await setPassword(cookies)
  expect(await isAsked(cookies)).toEqual([false, false])
})

test('when it is too late to set one without a new link, it is said once on each page', async () => {
  const cookies = await at.signedIn(await at.add('B. Stork', ['officer']))
  at.clock.now += 16 * 60
  expect((await at.ask('GET', '/', { cookies })).text).toContain('Ask an administrator for a new link')
  const { text } = await at.ask('GET', '/account', { cookies })
  expect(text).toContain('ask an administrator for a new link')
  expect(text).not.toContain(asked)
})

test('whoever has a password, or came in by a link that opens again, is not asked', async () => {
  const person = await at.add('C. Crane', ['officer'])
  await setPassword(await at.signedIn(person))
  expect(await isAsked(await at.signedIn(person))).toEqual([false, false])
  const other = await at.add('D. Ibis', ['officer'])
  const { secret } = await at.office.signIn.createLink(other.id, { minutes: 5, again: true })
  const { cookie = '' } = await at.ask('GET', `/sign-in/${secret}`)
  expect(await isAsked({ focalpoint: cookie })).toEqual([false, false])
})

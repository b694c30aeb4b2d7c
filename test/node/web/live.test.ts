import { expect, test } from 'vitest'
import { webLimits } from '../../../node/web/limits.ts'
import { openTestOffice } from './open-test-office.ts'

test('one person follows on so many pages and leaves room for the others', async () => {
  await using at = await openTestOffice()
  const url = await at.app.listen({ host: '127.0.0.1', port: 0 })
  const leaving = new AbortController()
  const cookieOf = async (name: string) =>
    `focalpoint=${(await at.signedIn(await at.add(name, ['customs']))).focalpoint}`
  const follow = async (cookie: string) =>
    (await fetch(`${url}/live`, { headers: { cookie }, signal: leaving.signal })).status
  const own = await cookieOf('A. Heron')
  for (let page = 0; page < webLimits.followersMostPerPerson; page++) expect(await follow(own)).toBe(200)
  expect(await follow(own)).toBe(429)
  expect(await follow(await cookieOf('B. Crane'))).toBe(200)
  leaving.abort()
})

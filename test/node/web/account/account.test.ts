import { expect, test } from 'vitest'
import { openTestOffice } from '../open-test-office.ts'

test('a password made of the name of the State is refused, and the page says why', async () => {
  await using at = await openTestOffice()
  const cookies = await at.signedIn(await at.add('A. Heron', ['officer']))
  const set = (next: string, headers: Record<string, string> = {}) =>
    at.ask('POST', '/account/password', {
      cookies,
      headers,
      payload: new URLSearchParams({ next, again: next }).toString(),
    })
  const refused = await set('quillmark2026quillmark')
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('the name of your State or of this service')
  const inArabic = await set('quillmark2026quillmark', { 'accept-language': 'ar' })
  expect(inArabic.text).toContain('اسم دولتك')
  expect((await set('several quiet herons')).location).toBe('/account?password=set')
})

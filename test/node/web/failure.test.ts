import { expect, test } from 'vitest'
import ar from '../../../node/web/words/ar.json' with { type: 'json' }
import { openTestOffice } from './open-test-office.ts'

test('a failure is told in the language of the reader, with the English beside it for whoever helps', async () => {
  await using at = await openTestOffice()
  const cookies = await at.signedIn(await at.add('Ana Sol', ['admin']))
  const ask = (language: string) =>
    at.ask('GET', '/people/nobody', { cookies, headers: { 'accept-language': language } })
  const arabic = await ask('ar')
  expect(arabic.status).toBe(404)
  expect(arabic.text).toContain(`<p class="lead">${ar.errors['not-found/person']}</p>`)
  expect(arabic.text).toMatch(
    /<p class="in-english quiet" lang="en" dir="ltr">There is no such person\..*not-found/,
  )
  const english = await ask('en')
  expect(english.text).toContain('<p class="lead">There is no such person.</p>')
  expect(english.text).not.toContain('in-english')
})

test('what refuses a form is told beside its field, in the same two languages', async () => {
  await using at = await openTestOffice()
  const cookies = await at.signedIn(await at.add('Ana Sol', ['customs']))
  const { status, text } = await at.ask('POST', '/screen', {
    cookies,
    headers: { 'accept-language': 'ar' },
    payload: 'how=many&lines=%5Bnot+a+list',
  })
  expect(status).toBe(422)
  expect(text).toContain(ar.forms['This begins like a JSON list and is none: it may have been cut off.'])
  expect(text).toMatch(/lang="en" dir="ltr">This begins like a JSON list.*body-malformed/)
})

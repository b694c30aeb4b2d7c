import { expect, test } from 'vitest'
import { problemOf, problems } from '../../../../node/desk/problem.ts'
import { FocalpointError } from '../../../../protocol/index.ts'
import { openTestOffice } from '../open-test-office.ts'

test('the type of every problem leads to what it means and what to do, in each language', async () => {
  await using at = await openTestOffice()
  for (const code of Object.keys(problems)) {
    for (const language of ['en', 'ar']) {
      const { status, text } = await at.ask('GET', `/problems/${code}`, {
        headers: { 'accept-language': language },
      })
      expect({ code, language, status, isWhole: text.includes(code) }).toEqual({
        code,
        language,
        status: 200,
        isWhole: true,
      })
    }
  }
  const { type } = problemOf(new FocalpointError('usage', 'Not so.', { what: 'test' }))
  expect((await at.ask('GET', type)).status).toBe(200)
  expect((await at.ask('GET', '/problems/no-such-thing')).status).toBe(404)
})

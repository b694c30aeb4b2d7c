import { expect, test } from 'vitest'
import { roles } from '../../../../node/people.ts'
import { exampleOf } from '../../api/open-test-api.ts'
import { openTestOffice } from '../open-test-office.ts'

test('a notice is opened for the office by those whose work it is, and by nobody else who looks', async () => {
  await using test = await openTestOffice()
  const { desk } = test.office
  const openers: string[] = []
  desk.opened.mark = async (_notice, person) => openers.push(person) === 1
  desk.notices.text = () => undefined
  const { id } = desk.admit(exampleOf('alert'))
  const added = await Promise.all(roles.map(role => test.add(`The ${role}`, [role])))
  for (const person of added) {
    const answer = await test.ask('GET', `/notices/${id}`, { cookies: await test.signedIn(person) })
    expect(answer.status).toBe(200)
  }
  const named = openers.map(opener => added.find(person => person.id === opener)?.name)
  expect(named).toEqual(['The officer', 'The releaser', 'The customs'])
})

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

test('the page of a correction shows what it changes in the notice as the corrections before it left it', async () => {
  await using test = await openTestOffice()
  const { desk } = test.office
  desk.notices.text = () => undefined
  const path = '/goods/0/quantity/value'
  const ids = ['first', 'second']
  const referredToBy = ids.map(id => ({ id, rel: 'corrects', type: 'correction', issuer: 'QM' }))
  const target = desk.admit(exampleOf('denial'), { referredToBy })
  for (const [at, id] of ids.entries()) {
    const draft = exampleOf('correction')
    const patch = [{ op: 'replace', path, value: 30 + at }]
    desk.admit(
      { ...draft, body: { ...draft.body, patch }, refs: [{ id: target.id, rel: 'corrects' }] },
      { id },
    )
  }
  desk.admit({ ...exampleOf('correction'), refs: [{ id: 'elsewhere', rel: 'corrects' }] }, { id: 'alone' })
  const cookies = await test.signedIn(await test.add('A. Heron', ['officer']))
  const page = async (id: string) => (await test.ask('GET', `/notices/${id}`, { cookies })).text
  const change = (was: number, becomes: number) =>
    new RegExp(`What it changes.*<del><bdi>${was}</bdi></del> → <ins><bdi>${becomes}</bdi></ins>`, 's')
  expect(await page('first')).toMatch(change(40, 30))
  expect(await page('second')).toMatch(change(30, 31))
  expect(await page('alone')).not.toContain('What it changes')
})

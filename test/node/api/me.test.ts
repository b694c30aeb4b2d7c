import { expect, test } from 'vitest'
import { openTestApi } from './open-test-api.ts'

test('a token is told whose it is, what it may do at this moment, and until when it holds', async () => {
  await using api = await openTestApi()
  const person = await api.people.add({ name: 'Risk system', roles: ['customs', 'officer', 'admin'] })
  const wanted = { person: person.id, label: 'manifests', days: 30, roles: ['officer', 'customs'] } as const
  const { secret, token } = await api.people.createToken(wanted)
  const ask = async () => {
    const answer = await api.ask('/v1/me', { headers: { authorization: `Bearer ${secret}` } })
    return (await answer.json()) as object
  }
  expect(await ask()).toEqual({
    member: 'QM',
    id: person.id,
    name: 'Risk system',
    roles: ['officer', 'customs'],
    token: {
      id: token.hash,
      label: 'manifests',
      expiresAt: new Date(token.expiresAt * 1000).toISOString(),
    },
  })
  await api.people.changeRoles(person.id, ['customs', 'admin'])
  expect(await ask()).toMatchObject({ roles: ['customs'] })
  await api.people.revokeToken(token.hash)
  expect(await ask()).toMatchObject({ code: 'unauthenticated' })
})

import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { sha256 } from '#protocol'
import type { Acting } from '../../../node/audit.ts'
import { exampleOf, openTestApi } from './open-test-api.ts'

test('what a request does is done as its person, also after its body and its key were read', async () => {
  const acting = new AsyncLocalStorage<Acting>()
  await using api = await openTestApi({ actAs: (who, work) => acting.run(who, work) })
  const seen: (Acting | undefined)[] = []
  const { create } = api.desk.drafts
  api.desk.drafts.create = (...given) => {
    seen.push(acting.getStore())
    return create(...given)
  }
  const json = exampleOf('denial')
  const asked = { as: 'officer', method: 'POST', json } as const
  await api.ask('/v1/drafts', { ...asked, headers: { 'idempotency-key': 'one' } })
  await api.ask('/v1/drafts', { ...asked, headers: { 'user-agent': 'focalpoint-cli' } })
  const person = api.people.list().find(({ roles }) => roles.includes('officer'))?.id
  const token = sha256(api.tokens.officer)
  expect(seen).toEqual([
    { person, from: 'api', token },
    { person, from: 'cli', token },
  ])
})

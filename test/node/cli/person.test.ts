import { expect, test } from 'vitest'
import { openTestApi } from '../api/open-test-api.ts'
import { runFocalpoint } from './run.ts'

test('a role that there is not is named together with those that there are, before any node is asked', async () => {
  const environment = { FOCALPOINT_URL: 'http://127.0.0.1:1' }
  const { code, stderr } = await runFocalpoint(['person', 'add', 'Somebody', '--role', 'oficer'], {
    environment,
  })
  expect(code).toBe(2)
  expect(stderr).toContain('--role: oficer is none of officer, releaser, customs, coordinator, admin')
})

test('a link is made for a person by name or id, and a name that two have is not guessed at', async () => {
  await using api = await openTestApi()
  const { id } = await api.people.add({ name: 'B. Stork', roles: ['officer'] })
  const environment = { FOCALPOINT_URL: api.url, FOCALPOINT_TOKEN: api.tokens.admin }
  const link = async (who: string) => await runFocalpoint(['person', 'link', who], { environment })
  for (const who of ['B. Stork', id]) {
    const { code, stdout, stderr } = await link(who)
    expect([who, code]).toEqual([who, 0])
    expect(stdout.trim()).toMatch(new RegExp(`^${api.url}/sign-in/fl_[A-Za-z0-9_-]{43}$`))
    expect(stderr).toContain('B. Stork')
  }
  expect((await link('Nobody')).code).toBe(3)
  await api.people.add({ name: 'B. Stork', roles: ['officer'] })
  const shared = await link('B. Stork')
  expect([shared.code, shared.stdout]).toEqual([4, ''])
  expect((await link(id)).code).toBe(0)
})

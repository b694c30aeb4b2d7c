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

test('a link is made for a person by name or id', async () => {
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
})

test('roles are changed by name, and a name that somebody has is refused with what to do', async () => {
  await using api = await openTestApi()
  const { id } = await api.people.add({ name: 'B. Stork', roles: ['officer'] })
  const environment = { FOCALPOINT_URL: api.url, FOCALPOINT_TOKEN: api.tokens.admin }
  const run = (...asked: string[]) => runFocalpoint(['person', ...asked], { environment })
  const changed = await run('roles', 'B. Stork', '--role', 'customs', '--role', 'officer')
  expect([changed.code, changed.stderr]).toEqual([0, 'From now on B. Stork is officer, customs.\n'])
  expect(api.people.find(id)?.roles).toEqual(['officer', 'customs'])
  const taken = await run('add', 'b. stork', '--role', 'officer')
  expect([taken.code, taken.stdout]).toEqual([4, ''])
  expect(taken.stderr).toContain('Add something that tells the two apart')
  const alone = await run('roles', 'The admin', '--role', 'officer')
  expect(alone.code).toBe(4)
  expect(alone.stderr).toContain('Add another administrator first')
})

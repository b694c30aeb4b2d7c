import { expect, test } from 'vitest'
import { runFocalpoint } from './run.ts'

test('a role that there is not is named together with those that there are, before any node is asked', async () => {
  const environment = { FOCALPOINT_URL: 'http://127.0.0.1:1' }
  const { code, stderr } = await runFocalpoint(['person', 'add', 'Somebody', '--role', 'oficer'], {
    environment,
  })
  expect(code).toBe(2)
  expect(stderr).toContain('--role: oficer is none of officer, releaser, customs, coordinator, admin')
})

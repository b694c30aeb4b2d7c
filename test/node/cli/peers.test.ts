import { expect, test } from 'vitest'
import { openTestApi } from '../api/open-test-api.ts'
import { runFocalpoint } from './run.ts'

test('of each participant it says when it was last heard, and which of them is the node that answers', async () => {
  await using api = await openTestApi()
  const lastHeardAt = '2026-05-01T08:00:00.000Z'
  const others = { names: {}, status: 'up to date', behindBy: 0 }
  const participants = [
    { ...others, member: 'QM' },
    { ...others, member: 'QN', lastHeardAt },
    { ...others, member: 'XD', status: 'not heard' },
  ]
  const network = api.desk.network()
  api.desk.network = () => ({ ...network, member: 'QM', participants })
  const environment = { FOCALPOINT_URL: api.url, FOCALPOINT_TOKEN: api.tokens.coordinator }
  const { code, stdout } = await runFocalpoint(['peers'], { environment })
  expect(code).toBe(0)
  const lines = stdout.split('\n')
  const lineOf = (member: string) => lines.find(line => line.includes(member))
  expect(lineOf('QM')).toContain('this node')
  expect(lineOf('QN')).toContain(lastHeardAt)
  expect(lineOf('XD')).toContain('never')
})

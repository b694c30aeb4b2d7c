import { expect, test } from 'vitest'
import { agoText } from '../../../node/cli/peers.ts'
import type { ParticipantView } from '../../../node/desk/desk.ts'
import { exampleDraft } from '../../network/participants.ts'
import { openTestApi, type TestApi } from '../api/open-test-api.ts'
import { runFocalpoint } from './run.ts'

const others: Omit<ParticipantView, 'member'> = {
  names: {},
  status: 'up to date',
  connected: true,
  behindBy: 0,
  keys: [],
}
const environmentFor = (api: TestApi) => ({
  FOCALPOINT_URL: api.url,
  FOCALPOINT_TOKEN: api.tokens.coordinator,
})

test('of each participant it says when it was last heard, and which of them is the node that answers', async () => {
  await using api = await openTestApi()
  const lastHeardAt = '2026-05-01T08:00:00.000Z'
  const stopped = { kid: 'k', state: 'stopped', from: {} }
  const participants = [
    { ...others, member: 'QM' },
    { ...others, member: 'QN', lastHeardAt, membersVersion: 4, keys: [stopped] },
    { ...others, member: 'XD', status: 'not heard' as const },
  ]
  const network = api.desk.network()
  api.desk.network = () => ({ ...network, member: 'QM', participants })
  const { code, stdout } = await runFocalpoint(['peers'], { environment: environmentFor(api) })
  expect(code).toBe(0)
  const lines = stdout.split('\n')
  const lineOf = (member: string) => lines.find(line => line.includes(member))
  expect(lineOf('QM')).toContain('this node')
  expect(lineOf('QN')).toContain(lastHeardAt)
  expect(lineOf('QN')).toContain('stopped')
  expect(lineOf('QN')).toContain('members 4')
  expect(lineOf('XD')).toContain('never')
})

test.each([
  { seconds: -3, told: '0 s ago' },
  { seconds: 12.7, told: '12 s ago' },
  { seconds: 119, told: '119 s ago' },
  { seconds: 600, told: '10 min ago' },
  { seconds: 10_000, told: '2 h ago' },
  { seconds: 400_000, told: '4 days ago' },
])('a person is told that $seconds seconds are $told', ({ seconds, told }) => {
  expect(agoText(seconds)).toBe(told)
})

test('lists, status and doctor keep to the width of a narrow terminal', async () => {
  await using api = await openTestApi()
  api.desk.admit(exampleDraft('denial'))
  const environment = { ...environmentFor(api), COLUMNS: '60' }
  for (const words of [['status'], ['peers'], ['notice', 'list'], ['doctor']]) {
    const { stdout } = await runFocalpoint(words, { environment })
    const longest = stdout.split('\n').filter(line => line.length > 60 && line.trim().includes(' '))
    expect(stdout).not.toBe('')
    expect(longest.filter(line => !/[^ ]{44}/.test(line))).toEqual([])
  }
})

test('holdings say whose notices are held by how many, and by whom not yet', async () => {
  await using api = await openTestApi()
  const environment = environmentFor(api)
  const { stdout } = await runFocalpoint(['peers', '--holdings'], { environment })
  expect(stdout).toMatch(/^QM +torture +3 +1 of 2 +QN \(2\)$/m)
  const json = await runFocalpoint(['peers', '--holdings', '--json'], { environment })
  expect(JSON.parse(json.stdout)).toMatchObject([{ issuer: 'QM', head: 3, heldBySeq: { QM: 3, QN: 2 } }])
})

test('status says how each channel signs, who is heard, and what somebody must look at', async () => {
  await using api = await openTestApi()
  const { code, stdout } = await runFocalpoint(['status'], { environment: environmentFor(api) })
  expect(code).toBe(0)
  expect(stdout).toContain('torture: ready')
  expect(stdout).toContain('1 up to date')
  expect(stdout).toContain('The last backup is nine days old.')
})

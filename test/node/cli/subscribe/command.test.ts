import { expect, test } from 'vitest'
import { deliveryOf } from '../../api/memory-subscriptions.ts'
import { openTestApi, type TestApi } from '../../api/open-test-api.ts'
import { runFocalpoint } from '../run.ts'

const url = 'https://receiver.example/in'

function commandFor(api: TestApi) {
  const environment = { FOCALPOINT_URL: api.url, FOCALPOINT_TOKEN: api.tokens.customs }
  return (...words: string[]) => runFocalpoint(['subscribe', ...words], { environment })
}

test('a webhook is subscribed with every criterion, and its secret is said once', async () => {
  await using api = await openTestApi()
  const subscribe = commandFor(api)
  const words = [
    '--type',
    'alert',
    '--type',
    'denial',
    '--goods',
    'shock-glove',
    '--hs',
    '7326.90',
    '--country',
    'XM',
  ]
  const more = ['--party', 'Bogus Metals', '--text', 'keyed lock', '--urgency', 'priority', '--no-remarks']
  const added = await subscribe('add', '--webhook', url, '--label', 'Risk engine', ...words, ...more)
  expect([added.code, added.stdout.trim()]).toEqual([0, 'subscription-1'])
  expect(added.stderr).toContain('secret: whsec_')
  expect(api.desk.subscriptions.list()).toMatchObject([
    {
      label: 'Risk engine',
      target: { kind: 'webhook', url },
      remarks: false,
      filter: {
        types: ['alert', 'denial'],
        goods: ['shock-glove'],
        hs: ['732690'],
        countries: ['XM'],
        parties: ['Bogus Metals'],
        text: ['keyed lock'],
        urgency: 'priority',
      },
    },
  ])
  const listed = await subscribe('list')
  expect(listed.stdout).toMatch(
    /Risk engine +https:\/\/receiver\.example\/in +active +0 +0 +types: alert, denial;/,
  )
  const shown = await subscribe('show', 'subscription-1')
  expect(shown.stdout).toContain('also       nothing')
  expect(listed.stdout + shown.stdout).not.toContain('whsec_')
})

test('a feed gives its links, and needs no address', async () => {
  await using api = await openTestApi()
  const added = await commandFor(api)('add', '--feed', '--label', 'Alerts', '-q')
  expect([added.code, added.stderr.trim()]).toEqual([
    0,
    `atom: ${api.url}/v1/feeds/link.atom\njson: ${api.url}/v1/feeds/link.json`,
  ])
})

test('what is asked of one is done, and said', async () => {
  await using api = await openTestApi()
  const subscribe = commandFor(api)
  const id = (await subscribe('add', '--webhook', url, '--label', 'All', '-q')).stdout.trim()
  api.desk.subscriptions.told.set(id, [deliveryOf(id)])
  expect(await subscribe('pause', id)).toMatchObject({ code: 0 })
  expect((await subscribe('list')).stdout).toContain('paused: by-person')
  expect(await subscribe('resume', id, '--skip-dead-letters')).toMatchObject({ code: 0 })
  expect(await subscribe('test', id)).toMatchObject({ code: 0, stderr: expect.stringContaining('took it') })
  expect(await subscribe('replay', id, '--since', '2026-05-01T08:00:00Z')).toMatchObject({ code: 0 })
  expect(await subscribe('replay', id, '--dead-letters')).toMatchObject({ code: 0 })
  expect(await subscribe('opened', id, 'msg_1')).toMatchObject({ code: 0 })
  expect((await subscribe('deliveries', id)).stdout).toMatch(/notice +delivered +1 +delivered, 204 .*msg_1/)
  expect(JSON.parse((await subscribe('deliveries', id, '--json')).stdout)).toHaveLength(1)
  expect((await subscribe('rotate-secret', id)).stderr).toContain('secret: whsec_bmV3')
  expect(await subscribe('remove', id)).toMatchObject({ code: 0 })
  expect(await subscribe('show', id)).toMatchObject({ code: 3 })
  expect(api.desk.subscriptions.asked).toEqual([
    { skipDeadLetters: true },
    { since: Date.parse('2026-05-01T08:00:00Z') / 1000 },
    { deadLetters: true },
  ])
})

test('a test that the receiver did not take fails, with its answer', async () => {
  await using api = await openTestApi()
  const subscribe = commandFor(api)
  const id = (await subscribe('add', '--webhook', url, '--label', 'All', '-q')).stdout.trim()
  const tried = [{ number: 1, at: 1, tookMs: 3, outcome: 'refused', status: 500, detail: 'It answered 500.' }]
  api.desk.subscriptions.test = async () => deliveryOf(id, { kind: 'test', state: 'failed', tried })
  const { code, stderr } = await subscribe('test', id)
  expect([code, stderr]).toEqual([1, expect.stringContaining('It answered 500.')])
})

test.each([
  [['add', '--label', 'All'], 2, '--webhook URL or --feed'],
  [['add', '--webhook', 'https://127.0.0.1/', '--label', 'All'], 4, 'Not there'],
  [['replay', 'none', '--after', '1', '--dead-letters'], 2, 'one of --after'],
])('%j ends with %i', async (words, code, says) => {
  await using api = await openTestApi()
  const ended = await commandFor(api)(...words)
  expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(says)])
})

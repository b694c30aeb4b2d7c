import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { apiLimits } from '../../../node/api/limits.ts'
import type { NoticeView } from '../../../node/desk/desk.ts'
import type { Role } from '../../../node/people.ts'
import { eventually } from '../../eventually.ts'
import { admitSeed } from './export/seeded.ts'
import { exampleOf, openTestApi, type TestApi } from './open-test-api.ts'

const csvPath = '/v1/exports/notices.csv'

async function idsIn(answer: Response): Promise<string[]> {
  const rows: { id: string }[] = parse(await answer.text(), { columns: true, record_delimiter: '\r\n' })
  return [...new Set(rows.map(({ id }) => id))]
}

test('CSV holds what is in force, and the rest where it is asked for', async () => {
  await using api = await openTestApi({ now: () => Date.parse('2026-11-22') / 1000 })
  const { admit } = api.desk
  const good = admit(exampleOf('denial'))
  const national = admit(exampleOf('denial'))
  const retired = admit(exampleOf('denial'), { standing: 'key since retired' })
  const drill = admit(exampleOf('alert'), { exercise: true })
  const over = exampleOf('alert')
  over.body.validUntil = '2026-11-21'
  const rest = [
    admit(over),
    admit(exampleOf('denial'), { status: 'withdrawn' }),
    admit(exampleOf('denial'), { standing: 'disputed' }),
    admit(exampleOf('denial'), { flags: ['body-form'] }),
  ]
  // In no list unless it is asked for by its standing.
  admit(exampleOf('denial'), { standing: 'void' })
  const { body: _, ...erased } = admit(exampleOf('denial'), { status: 'erased' })
  Object.assign(national.body ?? {}, { nationalProhibition: true })

  const answer = await api.ask(csvPath, { as: 'customs' })
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toBe(
    'attachment; filename="focalpoint-QM-2026-11-22.csv"',
  )
  const inForce = [retired.id, national.id, good.id]
  expect(await idsIn(answer)).toEqual(inForce)
  expect(await idsIn(await api.ask(`${csvPath}?exercises=true`, { as: 'customs' }))).toEqual([
    drill.id,
    ...inForce,
  ])
  expect(await idsIn(await api.ask(`${csvPath}?all=true`, { as: 'customs' }))).toEqual([
    ...[erased, ...rest.toReversed()].map(({ id }) => id),
    ...inForce,
  ])
  expect(await (await api.ask('/v1/exports', { as: 'customs' })).json()).toEqual({
    notices: 3,
    lines: 6,
    leftOut: { exercises: 1, notInForce: 3, over: 1, unreadable: 1, notForPlatforms: 0 },
  })
  expect(await (await api.ask('/v1/exports?per=notice&type=alert', { as: 'customs' })).json()).toMatchObject({
    notices: 0,
    lines: 0,
  })
})

test('platforms are told nothing of what is for named readers, or TLP:RED', async () => {
  await using api = await openTestApi()
  const { admit } = api.desk
  const open = admit(exampleOf('alert'))
  const parts = open.parts.map(part => ({ ...part, to: 'named' }))
  const sealed = admit(exampleOf('alert'), { parts })
  const red = exampleOf('alert')
  red.body.tlp = 'TLP:RED'
  const secret = admit(red)
  const text = await (await api.ask('/v1/exports/notices.stix.json', { as: 'customs' })).text()
  expect([open, sealed, secret].map(({ id }) => text.includes(id))).toEqual([true, false, false])
  expect(await (await api.ask('/v1/exports?format=stix', { as: 'customs' })).json()).toMatchObject({
    notices: 1,
    leftOut: { notForPlatforms: 2 },
  })
})

test('a system has its own columns, and hears of every one that is wrong', async () => {
  await using api = await openTestApi()
  api.desk.admit(exampleOf('denial'))
  const post = (json: unknown, as: 'customs' | 'admin' = 'customs') =>
    api.ask(`${csvPath}?type=denial`, { as, method: 'POST', json })
  const map = { columns: [{ name: 'PARTY', from: 'name' }], per: 'party', separator: '|' }
  expect(await (await post(map)).text()).toBe(
    'PARTY\r\nFiktiva Restraint Works Ltd\r\n"Ministry of Imaginary Prisons, Supply Depot 4"\r\n',
  )
  const refused = await post({
    columns: [
      { name: '', from: 'id' },
      { name: 'B', from: 'nothing' },
    ],
    per: 'day',
  })
  expect(await refused.json()).toMatchObject({
    status: 422,
    code: 'request-malformed',
    errors: [{ pointer: '/columns/0/name' }, { pointer: '/columns/1/from' }, { pointer: '/per' }],
  })
  expect((await post(map, 'admin')).status).toBe(403)
  for (const body of ['', '[]', 'null', '{"columns":'])
    expect(
      (
        await api.ask(csvPath, {
          as: 'customs',
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBeGreaterThanOrEqual(400)
})

test('NDJSON gives each notice as the API does, with its marks, and its signed text where asked for', async () => {
  await using api = await openTestApi()
  admitSeed(api.desk)
  const pages = (await (await api.ask('/v1/notices?limit=200', { as: 'officer' })).json()) as NoticeView[]
  const lines = async (query: string, as: 'officer' | 'coordinator') =>
    (await (await api.ask(`/v1/exports/notices.ndjson${query}`, { as })).text())
      .split('\n')
      .flatMap(line => (line === '' ? [] : [JSON.parse(line)]))
  expect(await lines('', 'officer')).toEqual(pages)
  expect(pages.every(({ exercise }) => exercise)).toBe(true)
  const denials = await lines('?type=denial&signed=true', 'coordinator')
  expect(denials.length).toBeGreaterThan(5)
  for (const denial of denials) {
    expect(denial).not.toHaveProperty('nominal')
    expect(denial.signed).toBe(api.desk.notices.text(denial.id, { nominal: false }))
  }
})

test.each(['notices.csv', 'notices.ndjson', 'notices.stix.json', 'bundle.ndjson'])(
  '%s takes the filters of the list, and no limit',
  async name => {
    await using api = await openTestApi()
    const asked: object[] = []
    api.desk.notices.list = async query => {
      asked.push(query)
      return []
    }
    const query = 'hs=8543.70&since=2026-11-22&country=QN&goods=A1&q=shock&status=sent&issuer=QN&type=alert'
    await api.ask(`/v1/exports/${name}?${query}`, { as: 'customs' })
    expect(asked).toMatchObject([
      {
        hs: '854370',
        country: 'QN',
        goods: 'A1',
        q: 'shock',
        status: 'sent',
        issuer: 'QN',
        type: 'alert',
        since: '2026-11-22T00:00:00.000Z',
      },
    ])
    for (const wrong of ['limit=5', 'cursor=1', 'colour=red', 'hs=1'])
      expect((await api.ask(`/v1/exports/${name}?${wrong}`, { as: 'customs' })).status).toBe(422)
  },
)

/** Ten thousand large notices that are made when they are asked for; gives how many were. */
function manyNotices({ desk }: TestApi): () => number {
  const draft = exampleOf('denial')
  const view = desk.admit({ ...draft, body: { ...draft.body, groundsSummary: 'x'.repeat(3000) } })
  let made = 0
  desk.notices.list = async ({ before = 10_001, limit }) => {
    const from = Math.max(1, before - limit)
    made += before - from
    return Array.from({ length: before - from }, (_, at) => ({ ...view, cursor: before - 1 - at }))
  }
  return () => made
}

test('ten thousand notices come whole, and no faster than they are read', async () => {
  await using api = await openTestApi()
  const made = manyNotices(api)
  const answer = await api.ask('/v1/exports/notices.ndjson', { as: 'customs' })
  const reader = answer.body?.getReader()
  await reader?.read()
  await eventually(async () => {
    const before = made()
    await new Promise(resolve => setTimeout(resolve, 100))
    if (made() !== before) throw new Error('it still reads ahead')
  })
  expect(made()).toBeLessThan(5000)
  let lines = 0
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) break
    lines += value.filter((byte: number) => byte === 10).length
  }
  expect(made()).toBe(10_000)
  expect(lines).toBeGreaterThan(9_900)
})

test('an asker that goes away ends its export, and a few at once are enough', async () => {
  await using api = await openTestApi()
  const made = manyNotices(api)
  const leaving = new AbortController()
  // Held, for an answer that nobody can reach any more is let go, and its export with it.
  const answers: Response[] = []
  const open = async (as: Role) => {
    const answer = await api.ask('/v1/exports/notices.ndjson', { as, signal: leaving.signal })
    answers.push(answer)
    return [answer.status, answer.headers.get('retry-after')]
  }
  for (const as of ['customs', 'officer'] as const) {
    for (let at = 0; at < apiLimits.exportsMostPerPerson; at++) expect(await open(as)).toEqual([200, null])
    expect(await open(as)).toEqual([429, '30'])
  }
  expect(await open('releaser')).toEqual([429, '30'])
  expect((await api.ask('/v1/exports', { as: 'customs' })).status).toBe(429)
  leaving.abort()
  api.desk.notices.list = async () => []
  await eventually(async () => expect((await api.ask('/v1/exports', { as: 'customs' })).status).toBe(200))
  expect(made()).toBeLessThan(10_000 * apiLimits.exportsMost)
  expect(answers.length).toBe(2 * apiLimits.exportsMostPerPerson + 3)
})

test('an export breaks off when its token is revoked', async () => {
  await using api = await openTestApi()
  manyNotices(api)
  const answer = await api.ask('/v1/exports/notices.ndjson', { as: 'customs' })
  const token = api.people.listTokens().find(({ roles }) => roles.includes('customs'))
  await api.people.revokeToken(token?.hash ?? '')
  await expect(answer.text()).rejects.toThrow()
  expect(api.logged.join('\n')).toContain('an export broke off')
})

test('a fault before the first byte is a problem, and not half a file', async () => {
  await using api = await openTestApi()
  api.desk.notices.list = async () => {
    throw new Error('the disk is gone')
  }
  for (const name of ['notices.ndjson', 'bundle.ndjson']) {
    const answer = await api.ask(`/v1/exports/${name}`, { as: 'customs' })
    expect(await answer.json()).toMatchObject({ status: 500, code: 'internal' })
  }
})

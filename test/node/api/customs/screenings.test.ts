import { expect, test } from 'vitest'
import { customsLimits } from '../../../../node/desk/consignments/limits.ts'
import { openTestApi, type TestApi } from '../open-test-api.ts'
import { answerOf, csvOf, send } from './answered.ts'

const batons = { words: 'baton', lane: 'red' } as const
const good = { description: 'garden hoses', reference: 'A-1' }
const bad = { reference: 'A-2', description: '', hs: { code: '85x' }, origin: 'qm', extra: 1 }
const met = { reference: 'A-3', description: 'electric baton with belt' }

async function api(): Promise<TestApi> {
  const opened = await openTestApi()
  opened.desk.screener.known.push(batons)
  return opened
}

test('one consignment is answered with its lane, what it meets and why, and by which rule and list', async () => {
  await using of = await api()
  const answer = await of.ask('/v1/screenings', { as: 'customs', method: 'POST', json: met })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    results: [{ line: 1, reference: 'A-3', lane: 'red', exercise: false, matches: [{ reasons: [{}] }] }],
    rule: 'stand-in/1',
    goodsList: { version: '1' },
    through: 0,
    counts: { lines: 1, wrong: 0, green: 0, amber: 0, red: 1 },
  })
})

test('a single consignment that is wrong is refused with every wrong field', async () => {
  await using of = await api()
  const answer = await of.ask('/v1/screenings', { as: 'customs', method: 'POST', json: bad })
  const problem = (await answer.json()) as { status: number; errors: { pointer: string }[] }
  expect(problem.status).toBe(422)
  expect(problem.errors.map(({ pointer }) => pointer).sort()).toEqual([
    '/description',
    '/extra',
    '/hs/code',
    '/origin',
  ])
  expect(of.desk.screener.asked).toEqual([])
})

test.each([
  ['a list', 'application/json', JSON.stringify([good, bad, met, 5])],
  ['a list under its name', 'application/json', JSON.stringify({ consignments: [good, bad, met, 5] })],
  ['lines of JSON', 'application/x-ndjson', [good, bad, met, 5].map(each => JSON.stringify(each)).join('\n')],
])('of many each is answered, and a wrong one loses no other: %s', async (_name, mediaType, body) => {
  await using of = await api()
  const { results, counts } = await answerOf(send(of, mediaType, body))
  expect(results.map(({ line, lane }) => [line, lane])).toEqual([
    [1, 'green'],
    [2, undefined],
    [3, 'red'],
    [4, undefined],
  ])
  expect(results[1]).toMatchObject({ reference: 'A-2', errors: [{}, {}, {}, {}] })
  expect(counts).toMatchObject({ lines: 4, wrong: 2, green: 1, red: 1 })
})

test.each([
  ['JSON', 'application/json', JSON.stringify(Array.from({ length: 100_000 }, () => 0))],
  ['lines of JSON', 'application/x-ndjson', '0\n'.repeat(100_000)],
  ['CSV', 'text/csv', csvOf('description', ...Array.from({ length: 100_000 }, () => 'a,b'))],
])(
  'what is no list of consignments is given up after so many wrong lines, and says so: %s',
  async (...of) => {
    await using at = await api()
    const [, mediaType, body] = of
    const { results, problem, counts } = await answerOf(send(at, mediaType, body))
    expect(results).toHaveLength(customsLimits.wrongLinesMost)
    expect(problem).toMatchObject({
      code: 'body-malformed',
      detail: expect.stringContaining('1,000 of the first 1,000 lines'),
    })
    expect(counts).toBeUndefined()
  },
)

test('a long list of which the smaller part is wrong is screened whole, and as lines a given up one says so last', async () => {
  await using of = await api()
  const some = Array.from({ length: 2500 }, (_, at) => (at % 5 < 2 ? bad : good))
  const { counts } = await answerOf(send(of, 'application/json', JSON.stringify(some)))
  expect(counts).toMatchObject({ lines: 2500, wrong: 1000 })
  const wrong = JSON.stringify(Array.from({ length: 2000 }, () => 0))
  const last = async (accept: string) => {
    const answer = await send(of, 'application/json', wrong, '', { accept })
    return (await answer.text()).trimEnd().split('\n').at(-1) ?? ''
  }
  expect(JSON.parse(await last('application/x-ndjson'))).toMatchObject({
    problem: { code: 'body-malformed' },
  })
  expect(await last('text/csv')).toMatch(/^,,not read,.*1,000 of the first/)
})

test('lines that are no JSON, empty, or far too long are told by their number', async () => {
  await using of = await api()
  const long = JSON.stringify({ description: 'x'.repeat(5_000_000) })
  const lines = [
    JSON.stringify(good),
    '',
    '{"description":',
    long,
    '{"__proto__":{"a":1},"description":"x"}',
    JSON.stringify(met),
  ]
  const { results } = await answerOf(send(of, 'application/x-ndjson', lines.join('\r\n')))
  expect(results.map(({ line, errors }) => [line, errors?.[0]?.code])).toEqual([
    [1, undefined],
    [3, 'form'],
    [4, 'too-long'],
    [5, 'unknown'],
    [6, undefined],
  ])
})

test('a file under usual names needs no map: quotes, breaks within cells, empty lines, columns of no use', async () => {
  await using of = await api()
  const file = [
    '\ufeffReference;Description;HS Code;Quantity;Unit;Origin;Consignee;Consignee Country;Clerk',
    'A-1;"hoses; green";8543.70;2;kgm;qm;Rostavel Ltd;xr;7',
    '',
    'A-2;"a ""baton""\nof two lines";;;KGM;;;;8',
    'A-3;hoses 5";8543;x;KGM;;;;9',
  ].join('\r\n')
  const { results, columns } = await answerOf(send(of, 'text/csv; charset=utf-8', file))
  expect(results).toMatchObject([
    { line: 2, reference: 'A-1', lane: 'green' },
    { line: 4, reference: 'A-2', lane: 'red' },
    {
      line: 6,
      reference: 'A-3',
      errors: [{ pointer: '/quantity/value', detail: expect.stringContaining('Column "Quantity"') }],
    },
  ])
  expect(columns?.ignored).toEqual(['Clerk'])
})

test('a line with another number of columns, control characters or foreign bytes loses no other line', async () => {
  await using of = await api()
  const text = csvOf(
    'description,origin',
    'hoses,QM',
    'hoses',
    'hoses,QM,x',
    'ho\0ses,QM',
    'hoses,QM,,',
    'B\u00fcgel,QM',
    'baton,QM',
  )
  const bytes = Uint8Array.from(Buffer.from(text, 'latin1'))
  const { results } = await answerOf(send(of, 'text/csv', bytes))
  expect(results.map(({ line, lane, errors }) => [line, lane ?? errors?.[0]?.code])).toEqual([
    [2, 'green'],
    [3, 'columns'],
    [4, 'columns'],
    [5, 'rule'],
    [6, 'green'],
    [7, 'charset'],
    [8, 'red'],
  ])
})

test('a quote that nobody closed takes no line along', async () => {
  await using of = await api()
  const lines = Array.from({ length: 300 }, (_, at) => `hose ${at},QM`)
  const file = csvOf('description,origin', 'baton one,QM', '"hose without end,QM', ...lines, 'baton two,QM')
  const inches = csvOf('description,origin', '"hose without end,QM', 'baton,QM', 'a 5" hose,QM', 'belt,QM')
  const closed = await answerOf(send(of, 'text/csv', inches))
  expect(closed.results.map(({ line, lane, errors }) => [line, lane ?? errors?.[0]?.code])).toEqual([
    [2, 'quote'],
    [3, 'red'],
    [4, 'green'],
    [5, 'green'],
  ])
  const { results } = await answerOf(send(of, 'text/csv', file))
  expect(results).toHaveLength(303)
  expect(results.filter(({ errors }) => errors)).toMatchObject([{ line: 3, errors: [{ code: 'quote' }] }])
  expect(results.filter(({ lane }) => lane === 'red').map(({ line }) => line)).toEqual([2, 304])
})

test.each([
  ['UTF-16', Uint8Array.from(Buffer.from('\ufeffdescription\nbaton', 'utf16le')), 'UTF-16'],
  ['nothing', '', 'empty'],
  ['bytes that are no text', Uint8Array.from([0x64, 0xff, 0xff, 0x0a]), 'encoding'],
])('a file of %s is refused and told why', async (_name, body, why) => {
  await using of = await api()
  const answer = await send(of, 'text/csv', body)
  expect(await answer.json()).toMatchObject({
    status: 400,
    code: 'body-malformed',
    detail: expect.stringContaining(why),
  })
})

test('answers as CSV hold lanes and words, mark drills, and no cell of them is a formula', async () => {
  await using of = await api()
  of.desk.screener.known.push({ words: 'hose', lane: 'red', exercise: true })
  const file = csvOf('reference,description', '=1+1,baton', '@x,hose', '"-2, x",""')
  const answer = await send(of, 'text/csv', file, '', { accept: 'text/csv' })
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = (await answer.text()).trimEnd().split('\r\n')
  expect(lines[0]).toBe('line,reference,lane,score,drill,reasons,notices,kept,errors')
  expect(lines[1]).toContain("2,'=1+1,red,90,,")
  expect(lines[2]).toContain('3,\'@x,green,90,,"(drill) ')
  expect(lines[3]).toContain('4,"\'-2, x",not read')
})

test('a drill is marked, and counted apart whatever it meets', async () => {
  await using of = await api()
  const { results, counts } = await answerOf(
    send(of, 'application/json', JSON.stringify([met, { ...good, exercise: true }]), '?exercise=true'),
  )
  expect(results.map(({ lane, exercise }) => [lane, exercise])).toEqual([
    ['red', true],
    ['green', true],
  ])
  expect(counts).toMatchObject({ green: 0, red: 0, exercises: { green: 1, amber: 0, red: 1 } })
})

test('what is asked is kept only when days are given, and no longer than this node keeps it', async () => {
  await using of = await api()
  const kept = await answerOf(send(of, 'application/json', JSON.stringify([met]), '?keepDays=5'))
  expect(kept.results[0]).toMatchObject({ kept: { id: 'kept-1', until: '2031-01-01' } })
  for (const days of ['0', '31', 'x', '-1']) {
    const answer = await send(of, 'application/json', JSON.stringify(met), `?keepDays=${days}`)
    expect(await answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/keepDays' }] })
  }
})

test('what goes wrong before the first answer has its status, and nothing else is taken for a file', async () => {
  await using of = await api()
  const { screen } = of.desk.screening
  of.desk.screening.screen = async () => {
    const { FocalpointError } = await import('#protocol')
    throw new FocalpointError('node-not-ready', 'The index is being made.', { failing: ['screening'] })
  }
  expect((await send(of, 'text/csv', 'description\nx')).status).toBe(503)
  of.desk.screening.screen = screen
  expect((await send(of, 'text/plain', 'description\nx')).status).toBe(415)
  expect((await send(of, 'text/csv', 'description\nx', '', { accept: 'image/png' })).status).toBe(406)
  const draft = await of.ask('/v1/drafts', {
    as: 'officer',
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'x',
  })
  expect(draft.status).toBe(415)
})

test('nothing that is screened stands in the log', async () => {
  await using of = await api()
  const marker = 'KESTREL-9321'
  await (
    await send(of, 'text/csv', csvOf('reference,description', `${marker},${marker} baton`, `${marker},`))
  ).text()
  await (await send(of, 'application/json', JSON.stringify({ reference: marker, extra: marker }))).text()
  expect(of.logged.length).toBeGreaterThan(1)
  expect(of.logged.filter(line => line.includes(marker))).toEqual([])
})

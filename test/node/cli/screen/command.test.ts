import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exitCodes } from '../../../../node/cli/exit.ts'
import { openTestApi, type TestApi } from '../../api/open-test-api.ts'
import { openTestFolder, type Ran, runFocalpoint } from '../run.ts'

let api: TestApi
let folder: AsyncDisposable & { path: string }

beforeAll(async () => {
  ;[api, folder] = [await openTestApi(), await openTestFolder()]
  api.desk.screener.known.push({ words: 'baton' }, { words: 'belt', lane: 'amber' })
})
afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

function focalpoint(words: string[], more: { input?: string; columns?: string } = {}): Promise<Ran> {
  const environment = {
    FOCALPOINT_URL: api.url,
    FOCALPOINT_TOKEN: api.tokens.customs,
    ...(more.columns && { COLUMNS: more.columns }),
  }
  return runFocalpoint(words, { folder: folder.path, environment, ...(more.input && { input: more.input }) })
}

async function file(name: string, ...lines: string[]): Promise<string> {
  await writeFile(join(folder.path, name), `${lines.join('\n')}\n`)
  return name
}

const csv = () =>
  file('goods.csv', 'reference,description,clerk', 'A,hoses,1', 'B,belt,1', 'C,,1', 'D,=baton,1', 'E,hoses,1')

test('a file is told by lane, red first, with reasons; what could not be read loses no other line', async () => {
  const { code, stdout, stderr } = await focalpoint(['screen', await csv()])
  expect(code).toBe(8)
  expect(stdout).toMatch(
    /RED: .*line 5 {2}D\n {5}90 {2}A refusal of baton \[XD [^\]]+\]\n {9}"baton" is in the description.*AMBER: .*line 3 {2}B.*NOT READ \(1\).*line 4 {2}C\n {4}\/description: /s,
  )
  expect(stdout).not.toMatch(/GREEN|line 2/)
  expect(stderr).toMatch(/5 screened: 1 red, 1 amber, 2 green, 1 not read, [\d,]+ lines\/s\.\nBy stand-in\/1/)
  expect(stderr).toContain('Columns not read: clerk.')
})

test('a file that is given up says why, after what was found before', async () => {
  const lines = ['{"description":"baton"}', ...Array.from({ length: 2000 }, () => '0')]
  const { code, stdout, stderr } = await focalpoint(['screen', await file('wrong.ndjson', ...lines)])
  expect(code).toBe(exitCodes['body-malformed'])
  expect(stdout).toContain('RED')
  expect(stderr).toContain('1,000 of the first 1,001 lines could not be read')
})

test('it ends with 0 when all is green, and says which lanes there are', async () => {
  const green = await file('green.csv', 'description', 'hoses', 'more hoses')
  const [silent, told, refused] = await Promise.all(
    [[], ['--only', 'green'], ['--only', 'blue']].map(more => focalpoint(['screen', green, ...more])),
  )
  expect(silent).toMatchObject({ code: 0, stdout: '' })
  expect(told?.stdout).toContain('GREEN: nothing to do (2)')
  expect(refused?.code).toBe(2)
})

test('a drill is marked, and ends as the real thing would', async () => {
  const { code, stdout, stderr } = await focalpoint(['screen', await csv(), '--exercise', '--only', 'red'])
  expect(code).toBe(8)
  expect(stdout).toContain('line 5  D (drill)')
  expect(stderr).toContain('0 red, 0 amber, 0 green, in drills 1 red, 1 amber, 2 green, 1 not read')
})

test('as JSON it prints each line as the node gave it, and last the summary', async () => {
  const { code, stdout } = await focalpoint(['screen', await csv(), '--json', '--only', 'red'])
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(code).toBe(8)
  expect(lines).toMatchObject([
    { line: 4, errors: [{}] },
    { line: 5, lane: 'red' },
    { summary: { counts: { lines: 5 } } },
  ])
})

test('JSON, lines of JSON, a single one spread over lines, and CSV come from files and from stdin', async () => {
  const one = JSON.stringify({ description: 'baton' }, null, 2)
  const forms = [
    ['one.json', one],
    ['list.json', '[{"description":"baton"}]'],
    ['lines.ndjson', '{"description":"baton"}\n{"description":"hoses"}'],
    ['goods.txt', 'description\nbaton'],
  ] as const
  const ran = await Promise.all(
    forms.map(async ([name, text], at) =>
      at % 2 === 0
        ? focalpoint(['screen', await file(name, text)])
        : focalpoint(['screen', '-'], { input: text }),
    ),
  )
  expect(ran.map(({ code }) => code)).toEqual([8, 8, 8, 8])
  const input = await focalpoint(['screen', '-'], { input: one })
  expect(input.stdout).toBe(ran[0]?.stdout)
})

test('a map is a file or the name of one that is saved', async () => {
  const map = { columns: { description: 'Ware' }, separator: ';' }
  await writeFile(join(folder.path, 'map.json'), JSON.stringify(map))
  const goods = await file('ware.csv', 'Ware;x', 'baton;1')
  await api.ask('/v1/column-maps/atlas', { as: 'customs', method: 'PUT', json: map })
  const ran = await Promise.all(
    [[], ['--map', 'map.json'], ['--map', 'atlas'], ['--map', 'none'], ['--map', 'no/such.json']].map(more =>
      focalpoint(['screen', goods, ...more]),
    ),
  )
  expect(ran.map(({ code }) => code)).toEqual([2, 8, 8, 3, 2])
})

test('answers are written to a file that nobody else reads, without formulas', async () => {
  const { code, stdout } = await focalpoint(['screen', await csv(), '--out', 'answers.csv'])
  expect([code, stdout]).toEqual([8, ''])
  const path = join(folder.path, 'answers.csv')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines[4]).toMatch(/^5,D,red,90,,/)
  await focalpoint(['screen', await csv(), '--out', 'answers.ndjson', '--only', 'amber'])
  const written = (await readFile(join(folder.path, 'answers.ndjson'), 'utf8')).trimEnd().split('\n')
  expect(written.map(line => JSON.parse(line).line)).toEqual([3, 4])
})

test('they are kept when days are given, and told under which name', async () => {
  const { stdout } = await focalpoint(['screen', await csv(), '--keep', '5'])
  expect(stdout).toMatch(/line 5 {2}D \(kept until 2031-01-01 as kept-\d+\)/)
})

test('long lines are wrapped, and progress is told where there is much to do', async () => {
  const narrow = await focalpoint(['screen', await csv()], { columns: '50' })
  expect(Math.max(...narrow.stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(70)
  const many = await file('many.csv', 'description', ...Array.from({ length: 2000 }, () => 'hoses'))
  const { code, stderr } = await focalpoint(['screen', many])
  expect(code).toBe(0)
  expect(stderr).toMatch(/screened: 50 %.*screened: 100 %.*screened: [\d,]+ lines\/s/s)
})

test('what is not there, and who may not, is told', async () => {
  expect((await focalpoint(['screen', 'none.csv'])).code).toBe(2)
  const environment = { FOCALPOINT_URL: api.url, FOCALPOINT_TOKEN: api.tokens.officer }
  const refused = await runFocalpoint(['screen', await csv()], { folder: folder.path, environment })
  expect(refused).toMatchObject({ code: 4, stdout: '' })
})

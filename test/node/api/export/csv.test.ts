import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { Draft, JsonObject } from '#protocol'
import { type ColumnMap, columnMap, usualColumns } from '../../../../node/api/export/column-map.ts'
import { csvText } from '../../../../node/api/export/csv.ts'
import type { NoticeView } from '../../../../node/desk/desk.ts'
import { memoryDesk } from '../memory-desk.ts'
import { exampleOf } from '../open-test-api.ts'

const bare = memoryDesk()

function viewOf(draft: Draft, as: Partial<NoticeView> = {}): NoticeView {
  return bare.admit(draft, as)
}

async function textOf(views: NoticeView[], map: ColumnMap = usualColumns): Promise<string> {
  const each = async function* () {
    yield* views
  }
  let text = ''
  for await (const piece of csvText(each(), map)) text += piece
  return text
}

async function rowsOf(views: NoticeView[], map?: ColumnMap): Promise<Record<string, string>[]> {
  return parse(await textOf(views, map), { columns: true, record_delimiter: '\r\n', bom: true })
}

/** One column of one notice whose title is this. */
async function cellOf(title: string): Promise<string> {
  const alert = exampleOf('alert')
  alert.body.title = title
  return textOf(
    [viewOf(alert)],
    columnMap.parse({ columns: [{ name: 'title', from: 'title' }], header: false }),
  )
}

describe('the usual columns', () => {
  test('give a line for each good and party, with the notice again in each', async () => {
    const rows = await rowsOf([viewOf(exampleOf('denial'))])
    expect(rows).toMatchObject([
      { partyRole: 'exporter', name: 'Fiktiva Restraint Works Ltd', destination: 'XG', hs: '854370' },
      { partyRole: 'consignee', name: 'Ministry of Imaginary Prisons, Supply Depot 4', quantity: '40' },
    ])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
  })

  test('hold all of the likely codes of an alert, which has no other', async () => {
    const alert = exampleOf('alert')
    const hs = ['732690', '830140'].map(code => ({ code, edition: 'HS2022', ex: true, why: 'Steel.' }))
    const [row] = await rowsOf([viewOf({ ...alert, body: { ...alert.body, hsLikely: hs } })])
    expect(row).toMatchObject({ hs: '732690|830140', item: 'shock-glove', urgency: 'priority' })
    expect(row?.description).not.toBe('')
  })

  test('give one line for a notice without goods, and mark drills and national prohibitions', async () => {
    const denial = exampleOf('denial')
    denial.body.nationalProhibition = true
    const rows = await rowsOf([viewOf(exampleOf('withdrawal')), viewOf(denial, { exercise: true })])
    expect(rows.map(({ exercise, nationalProhibition }) => [exercise, nationalProhibition])).toEqual([
      ['false', ''],
      ['true', 'true'],
      ['true', 'true'],
    ])
  })

  test('keep names out where they may not be read', async () => {
    const { nominal, ...view } = viewOf(exampleOf('denial'))
    expect(await textOf([view])).not.toContain('Fiktiva')
    expect(nominal).toBeDefined()
  })

  test('are in the order in which systems have learnt them', async () => {
    const [head] = (await textOf([])).split('\r\n')
    expect(head).toMatch(/^id,networkRef,type,issuer,issuedAt,status,standing,exercise,.*,refersTo$/)
  })
})

describe('a cell', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', ' =1+1', '=HYPERLINK("http://x")'])(
    'is no formula: %s',
    async title => expect(await cellOf(title)).toMatch(/^"?'/),
  )

  test.each([
    ['tab', '\t=1'],
    ['carriage return', '\r=1'],
    ['direction mark', '\u202e=1'],
    ['null', '\u0000=1'],
  ])('shows a %s that no honest notice has, and is no formula', async (_, title) => {
    expect(await cellOf(title)).toMatch(/^\ufffd=1\r\n$/)
  })

  test.each([
    ['quotes', 'The "glove"', '"The ""glove"""\r\n'],
    ['the separator', 'steel, 4 kg', '"steel, 4 kg"\r\n'],
    ['the separator of another reader', 'steel;=1', '"steel;=1"\r\n'],
    ['line breaks', 'one\ntwo\r\nthree\u2028four', 'one two three four\r\n'],
    ['Arabic', 'قفاز', 'قفاز\r\n'],
    ['half of a character', 'a\ud800', 'a\ufffd\r\n'],
  ])('with %s stays one cell of one line', async (_, title, text) => {
    expect(await cellOf(title)).toBe(text)
  })
})

describe('a column map', () => {
  test('takes our fields, pointers, and texts that are always the same', async () => {
    const map = columnMap.parse({
      columns: [
        { name: 'SOURCE', always: 'ALLIANCE' },
        { name: 'USE', from: '/body/endUseStated/text' },
        { name: 'PARTY', from: '/party/key' },
        { name: 'CITY', from: 'city', otherwise: 'unknown' },
        { name: 'LAWS', from: '/body/legalBasis/*/article' },
        { name: 'ALL', from: '/body/validity' },
      ],
      per: 'party',
    })
    const [first] = await rowsOf([viewOf(exampleOf('denial'))], map)
    expect(first).toMatchObject({
      SOURCE: 'ALLIANCE',
      USE: 'Control of prisoners during transport.',
      PARTY: 'exporter',
      CITY: 'unknown',
      LAWS: 'Section 4',
    })
    expect(JSON.parse(first?.ALL ?? '')).toMatchObject({ reviewCount: 0 })
  })

  test('says separator, decimal mark, header and byte order mark', async () => {
    const columns = ['quantity', 'amount', 'currency', 'ids'].map(from => ({ name: from, from }))
    const denial = exampleOf('denial')
    const [good] = denial.body.goods as JsonObject[]
    const goods = [{ ...good, quantity: { value: 1.5, rec20: 'KGM' } }] as JsonObject[]
    const ids = [
      { scheme: 'lei', value: '1' },
      { scheme: 'tax', value: '2' },
    ]
    const view = viewOf({
      ...denial,
      body: { ...denial.body, goods },
      nominal: { depot: { name: 'D', ids } },
    })
    const map = columnMap.parse({
      columns,
      separator: ';',
      decimal: ',',
      bom: true,
      header: false,
      list: '/',
    })
    expect(await textOf([view], map)).toBe(
      '\ufeff1,5;18400,00;XTS;\r\n1,5;18400,00;XTS;lei:1/tax:2\r\n'.replaceAll(/\d+,\d+/g, '"$&"'),
    )
  })

  test.each([
    ['notice', 1],
    ['good', 2],
    ['party', 2],
    ['good-and-party', 4],
  ])('gives a line per %s', async (per, count) => {
    const denial = exampleOf('denial')
    const goods = denial.body.goods as JsonObject[]
    denial.body.goods = [...goods, ...goods]
    const map = columnMap.parse({ columns: [{ name: 'id', from: 'id' }], per })
    expect(await rowsOf([viewOf(denial)], map)).toHaveLength(count)
  })

  test.each([
    [{ columns: [] }],
    [{ columns: [{ name: 'a' }] }],
    [{ columns: [{ name: 'a', from: 'id', always: 'b' }] }],
    [{ columns: [{ name: 'a', from: 'nonsense' }] }],
    [{ columns: [{ name: 'a', from: '/body/~2' }] }],
    [{ columns: [{ name: 'a', from: 'id' }], separator: 'x' }],
    [{ columns: [{ name: 'a', from: 'id' }], colour: 'red' }],
    [{ columns: Array.from({ length: 201 }, () => ({ name: 'a', from: 'id' })) }],
  ])('is refused: %j', async map => {
    expect(columnMap.safeParse(map).success).toBe(false)
  })

  test('finds nothing in what only looks like a member', async () => {
    const map = columnMap.parse({
      columns: ['/constructor/name', '/body/__proto__', '/flags/length', '/body/goods/9'].map(from => ({
        name: from,
        from,
        otherwise: 'none',
      })),
      per: 'notice',
    })
    expect(Object.values((await rowsOf([viewOf(exampleOf('denial'))], map))[0] ?? {})).toEqual(
      Array(4).fill('none'),
    )
  })
})

test('ids stay as they are, also those that begin with a dash', async () => {
  const id = `-${'A'.repeat(42)}`
  const refs = [
    { id, rel: 'about' },
    { id, rel: 'about' },
  ]
  const [row] = await rowsOf([viewOf(exampleOf('withdrawal'), { id, refs })])
  expect(row).toMatchObject({ id, refersTo: `${id}|${id}` })
})

test('a body in a form of its own gives one line and breaks nothing', async () => {
  for (const body of [
    { goods: 'all', parties: [1] },
    { goods: [null, 1], parties: { a: 1 } },
    { lang: 7, text: 8 },
  ]) {
    expect(await rowsOf([{ ...viewOf(exampleOf('denial')), body }])).toHaveLength(1)
  }
  const many = Array.from({ length: 3000 }, () => ({}))
  const hostile = { ...viewOf(exampleOf('denial')), body: { goods: many }, flags: ['body-form'] }
  expect(await rowsOf([hostile])).toHaveLength(1)
})

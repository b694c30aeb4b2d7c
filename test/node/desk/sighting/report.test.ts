import { expect, test } from 'vitest'
import { type Draft, type FieldError, goodsList, type JsonObject, sighting } from '#protocol'
import type { Consignment } from '../../../../node/consignment.ts'
import { exampleOf, openTestApi } from '../../api/open-test-api.ts'

const verdicts = sighting.body.shape.verdict.options
const restraints = 'bar-fetters-weighted-leg-restraints'

const consignment: Consignment = {
  reference: 'MRN 7',
  description: 'garment accessories,\r\nmetal \u200f(ق)',
  hs: { code: '62171000' },
  quantity: { value: 500, unit: 'SET' },
  value: { amount: '19900.00', currency: 'XTS' },
  parties: [
    {
      role: 'exporter',
      name: 'Marlovia Bogus Metals Co',
      country: 'XM',
      ids: [{ scheme: 'eori', value: 'XM1' }],
    },
    { role: 'consignee', name: 'Rostavel\u0301 Invented', aliases: ['Rostavel'], country: 'XR' },
    { role: 'consignee', name: 'Another Invented', country: 'XR' },
  ],
  origin: 'XM',
  destination: 'XR',
  route: ['XMPRT', 'XH', 'XRPRT'],
  transport: { container: 'FICU0000010', voyage: '12E' },
  endUse: 'resale',
}

const complete = {
  consignment,
  about: { item: restraints },
  verdict: 'detained',
  place: { unlocode: 'QMPRT' },
  direction: 'transit',
  heldHours: 30,
  disposal: 'In a customs warehouse.',
  names: { to: 'channel' },
}

async function office() {
  const api = await openTestApi({ now: () => Date.parse('2026-11-26T12:00:00Z') / 1000 })
  const post = (json: object) => api.ask('/v1/sightings', { as: 'customs', method: 'POST', json })
  return {
    api,
    post,
    async report(value: object): Promise<Draft> {
      const answer = await post(value)
      expect(answer.status).toBe(201)
      return ((await answer.json()) as { draft: Draft }).draft
    },
    async errorsOf(value: object): Promise<FieldError[]> {
      const answer = await post(value)
      const problem = (await answer.json()) as { code: string; errors: FieldError[] }
      expect([answer.status, problem.code]).toEqual([422, 'request-malformed'])
      return problem.errors
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  }
}

const goodsIn = ({ body }: Draft) => (body.goods as JsonObject[])[0] ?? {}

test('a match with a list item becomes a complete draft in one step', async () => {
  await using world = await office()
  const draft = await world.report(complete)
  expect(draft).toMatchObject({
    type: 'sighting',
    body: {
      of: { kind: 'list-item', itemId: restraints },
      verdict: 'detained',
      observedAt: { from: '2026-11-26', to: '2026-11-26' },
      direction: 'transit',
      countryOfDispatch: 'XM',
      countryOfDestination: 'XR',
      transport: { mode: '1', container: 'FICU0000010', voyage: '12E' },
      declaration: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      route: ['XMPRT', 'XRPRT'],
      parties: {
        exporter: { role: 'exporter', country: 'XM', kind: 'unknown' },
        consignee: { role: 'consignee', country: 'XR' },
        'consignee-2': { role: 'consignee' },
      },
      declaredEndUse: 'resale',
      outcome: { heldHours: 30, disposal: 'In a customs warehouse.', sampleTaken: false },
      tlp: 'TLP:AMBER',
      lang: 'en',
    },
    nominal: {
      exporter: { name: 'Marlovia Bogus Metals Co', ids: [{ scheme: 'eori', value: 'XM1' }] },
      consignee: { name: 'Rostavel\u0301 Invented'.normalize('NFC'), aliases: ['Rostavel'] },
    },
    parts: {
      body: { to: 'channel', until: '2036-12-31' },
      nominal: { to: 'channel', until: '2031-12-31' },
    },
  })
  expect(draft).not.toHaveProperty('exercise')
  expect(goodsIn(draft)).toMatchObject({
    itemId: restraints,
    category: 'TORTURE_ONLY',
    declared: {
      description: 'garment accessories, metal (ق)',
      hs: { code: '621710', edition: 'HS2022' },
      value: { basis: 'contract' },
    },
    hs: { code: expect.stringMatching(/^\d{6}$/), ex: true },
    quantity: { value: 500, rec20: 'SET' },
  })
})

test.each(verdicts)('with the verdict "%s" too, false alarms included', async verdict => {
  await using world = await office()
  const draft = await world.report({ ...complete, verdict })
  expect(draft.body).toMatchObject({ verdict, outcome: { heldHours: 30 } })
  const { heldHours: _, disposal: __, ...quick } = { ...complete, verdict }
  const needed = !['seen', 'suspected', 'not-the-product'].includes(verdict)
  if (!needed) expect((await world.report(quick)).body).not.toHaveProperty('outcome')
  else expect((await world.errorsOf(quick)).map(({ pointer }) => pointer)).toContain('/heldHours')
})

test('every example of a notice that names goods can be what was seen', async () => {
  for (const type of ['denial', 'alert', 'sighting']) {
    await using world = await office()
    const { id } = world.api.desk.admit(exampleOf(type))
    const draft = await world.report({ ...complete, about: { notice: id } })
    expect(draft.refs).toEqual([{ id, rel: 'about' }])
    expect(draft.body.of).toEqual(type === 'sighting' ? { kind: 'none' } : { kind: type, id })
    const { itemId, watchId, unlisted, category } = (exampleOf(type).body.goods as JsonObject[])[0] ?? {}
    expect(goodsIn(draft)).toMatchObject(
      Object.fromEntries(Object.entries({ itemId, watchId, unlisted, category }).filter(([, held]) => held)),
    )
  }
})

test('every item of both lists can be what was seen, with no more than its chemicals said', async () => {
  await using world = await office()
  for (const goods of [...goodsList.items, ...goodsList.watch]) {
    const category = goods.kind === 'listed' ? goods.category : goods.proposedCategory
    if (category.startsWith('EXECUTION')) continue
    const [cas] = goods.casNumbers
    const found = cas === undefined ? {} : { found: { chemicals: [{ cas: cas.cas }] } }
    const draft = await world.report({ ...complete, about: { item: goods.id }, ...found })
    expect(goodsIn(draft)).toMatchObject({ category })
  }
})

test('goods of no list are seen too, once somebody says which category is proposed', async () => {
  await using world = await office()
  const { about: _, ...nothing } = complete
  expect(await world.errorsOf(nothing)).toMatchObject([{ pointer: '/found/category', code: 'missing' }])
  const draft = await world.report({
    ...nothing,
    found: { category: 'TORTURE_ONLY', unlisted: 'shock belt' },
  })
  expect(goodsIn(draft)).toMatchObject({ unlisted: { description: 'shock belt' }, category: 'TORTURE_ONLY' })
})

test('what contradicts itself is no sighting', async () => {
  await using world = await office()
  const wrong = [
    [{ verdict: 'suspected', found: { unlisted: 'Bench screws' } }, '/found/category'],
    [{ found: { category: 'TORTURE_CAPABLE' } }, '/found/category'],
    [{ found: { item: restraints, unlisted: 'Bench screws' } }, '/found/unlisted'],
    [{ verdict: 'not-the-product', found: { item: restraints } }, '/found/item'],
  ] as const
  for (const [change, pointer] of wrong)
    expect((await world.errorsOf({ ...complete, ...change })).map(error => error.pointer)).toEqual([pointer])
})

test('a code is asked for where nobody gave one, and is wrong in one place', async () => {
  await using world = await office()
  const { hs: _, ...bare } = consignment
  const missing = await world.errorsOf({ ...complete, consignment: bare })
  expect(missing).toMatchObject([{ pointer: '/found/hs', code: 'missing' }])
  const wrong = await world.errorsOf({ ...complete, consignment: { ...bare, hs: { code: '0000' } } })
  expect(wrong.map(({ pointer }) => pointer)).toEqual(['/consignment/hs/code'])
})

test('all that is wrong and all that is missing is told at once, by the fields of the report', async () => {
  await using world = await office()
  const errors = await world.errorsOf({
    consignment: {
      description: 'x',
      parties: [{ name: 'Somebody' }],
      transport: { container: 'not a container' },
    },
    verdict: 'seized',
    direction: 'sideways',
    extra: 1,
  })
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
    '/consignment/parties/0/country',
    '/consignment/parties/0/role',
    '/consignment/transport/mode',
    '/direction',
    '/disposal',
    '/extra',
    '/found/category',
    '/found/hs',
    '/found/quantity',
    '/heldHours',
    '/names',
    '/place',
  ])
  expect(await world.api.desk.drafts.list()).toEqual([])
})

test('what only the draft can judge is told by the fields of the report, too', async () => {
  await using world = await office()
  const errors = await world.errorsOf({
    ...complete,
    consignment: { ...consignment, transport: { mode: '1', container: 'not a container' } },
    names: { to: 'named', readers: ['x'] },
    tlp: 'TLP:PINK',
  })
  expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
    '/consignment/transport/container',
    '/names/readers/0',
    '/tlp',
  ])
})

test('a consignment that is kept is reported by its id, and nobody reports one that is not theirs', async () => {
  await using world = await office()
  await world.api.ask('/v1/screenings?keepDays=3', { as: 'customs', method: 'POST', json: consignment })
  const { consignment: _, ...rest } = complete
  const draft = await world.report({ ...rest, consignmentId: 'kept-1' })
  expect(goodsIn(draft)).toMatchObject({ itemId: restraints })
  const wrong = [
    [{ ...rest, consignmentId: 'kept-2' }, '/consignmentId'],
    [rest, '/consignment'],
    [{ ...complete, consignmentId: 'kept-1' }, '/consignment'],
    [{ ...complete, about: { item: 'none' } }, '/about/item'],
    [{ ...complete, about: { notice: 'none' } }, '/about/notice'],
  ] as const
  for (const [report, pointer] of wrong)
    expect((await world.errorsOf(report)).map(error => error.pointer)).toEqual([pointer])
})

test('the names go to whom the report says, and nowhere else', async () => {
  await using world = await office()
  const named = await world.report({ ...complete, names: { to: 'named', readers: ['XD'] } })
  expect(named).toMatchObject({ readers: ['XD'], parts: { nominal: { to: 'named' } } })
  const nobody = await world.report({ ...complete, names: { to: 'nobody' } })
  expect(JSON.stringify(nobody)).not.toMatch(/Marlovia|Rostavel/)
})

test('a drill stays a drill, whether the consignment is one or the notice', async () => {
  await using world = await office()
  const drill = await world.report({ ...complete, consignment: { ...consignment, exercise: true } })
  expect(drill.exercise).toBe(true)
  const { id } = world.api.desk.admit(exampleOf('denial'), { exercise: true })
  expect((await world.report({ ...complete, about: { notice: id } })).exercise).toBe(true)
})

test('the answer is the stored draft, with its version and where it is', async () => {
  await using world = await office()
  const answer = await world.post(complete)
  expect(answer.headers.get('etag')).toBe('"1"')
  expect(answer.headers.get('location')).toMatch(/^\/v1\/drafts\/draft-1$/)
  const read = await world.api.ask('/v1/drafts/draft-1', { as: 'releaser' })
  expect(await read.json()).toEqual(await answer.json())
})

import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { type JsonObject, type NoticeType, noticeTypes } from '#protocol'
import stixSchema from '../../../../node/api/export/stix-schema.json' with { type: 'json' }
import { extensionId } from '../../../../node/api/export/stix-shared.ts'
import { exampleOf, openTestApi, type TestApi } from '../open-test-api.ts'
import { admitExamples, admitSeed } from './seeded.ts'

interface StixObject {
  type: string
  id: string
  [property: string]: unknown
}
interface Bundle {
  type: string
  id: string
  objects: StixObject[]
}

const validate = new Ajv2020({ strict: false, allErrors: true }).compile(stixSchema)

async function exported(api: TestApi, query = 'exercises=true'): Promise<Bundle> {
  const answer = await api.ask(`/v1/exports/notices.stix.json?${query}`, { as: 'customs' })
  expect(answer.headers.get('content-type')).toBe('application/stix+json;version=2.1')
  return (await answer.json()) as Bundle
}

function ofType({ objects }: Bundle, type: string): StixObject[] {
  return objects.filter(object => object.type === type)
}

/** Of everything that an export can hold. */
async function fullBundle(): Promise<Bundle> {
  await using api = await openTestApi()
  admitSeed(api.desk)
  admitExamples(api.desk)
  return await exported(api)
}
const full = await fullBundle()

describe('a bundle of all stories and examples', () => {
  test('has every mandatory property that the standard asks for', () => {
    expect([validate(full), validate.errors]).toEqual([true, null])
    expect([...new Set(full.objects.map(({ type }) => type))].sort()).toEqual([
      'extension-definition',
      'identity',
      'indicator',
      'location',
      'marking-definition',
      'relationship',
      'sighting',
    ])
  })

  test('refers to nothing that is not in it, and never forward', () => {
    const seen = new Set<string>()
    for (const object of full.objects) {
      const refs = Object.entries(object).flatMap(([name, value]) =>
        /_refs?$/.test(name) ? [value].flat() : [],
      )
      expect(refs.filter(ref => !seen.has(ref as string))).toEqual([])
      seen.add(object.id)
    }
    expect(seen.size).toBe(full.objects.length)
  })

  test('has no UUID twice, whatever its type', () => {
    const uuids = full.objects.map(({ id }) => id.slice(id.indexOf('--') + 2))
    expect(new Set(uuids).size).toBe(uuids.length)
  })

  test('orders what must be in order', () => {
    for (const { created, modified, valid_from, valid_until, first_seen, last_seen } of full.objects) {
      if (modified !== undefined) expect(String(modified) >= String(created)).toBe(true)
      if (valid_until !== undefined) expect(String(valid_until) > String(valid_from)).toBe(true)
      if (last_seen !== undefined) expect(String(last_seen) >= String(first_seen)).toBe(true)
    }
  })

  test('names no party, whoever asks', () => {
    const text = JSON.stringify(full)
    const names = noticeTypes
      .flatMap(({ examples }) => examples)
      .flatMap(({ nominal }) => Object.values(nominal ?? {}))
    expect(names.length).toBeGreaterThan(3)
    for (const { name } of names as { name: string }[]) expect(text).not.toContain(name)
  })

  test('marks every drill by a label and in its words', () => {
    const drills = ['indicator', 'sighting'].flatMap(type =>
      ofType(full, type).filter(({ labels }) => (labels as string[] | undefined)?.includes('exercise')),
    )
    expect(drills.length).toBeGreaterThan(10)
    for (const { description } of drills) expect(description).toMatch(/^EXERCISE: not a real notice\./)
  })
})

describe('our schema', () => {
  const mandatory: Record<string, string[]> = {
    identity: ['type', 'spec_version', 'id', 'created', 'modified', 'name'],
    indicator: ['type', 'spec_version', 'id', 'created', 'modified', 'pattern', 'pattern_type', 'valid_from'],
    location: ['type', 'spec_version', 'id', 'created', 'modified', 'country'],
    relationship: [
      ...['type', 'spec_version', 'id', 'created', 'modified'],
      ...['relationship_type', 'source_ref', 'target_ref'],
    ],
    sighting: ['type', 'spec_version', 'id', 'created', 'modified', 'sighting_of_ref'],
    'marking-definition': ['type', 'spec_version', 'id', 'created', 'name', 'extensions'],
    'extension-definition': [
      ...['type', 'spec_version', 'id', 'created', 'modified', 'created_by_ref'],
      ...['name', 'schema', 'version', 'extension_types'],
    ],
  }

  test.each(Object.entries(mandatory).flatMap(([type, names]) => names.map(name => [type, name] as const)))(
    'refuses a %s without %s',
    (type, name) => {
      const { [name]: _, ...object }: { [property: string]: unknown } = { ...ofType(full, type)[0] }
      expect(Object.keys(object).length).toBeGreaterThan(3)
      expect(validate({ ...full, objects: [object] })).toBe(false)
    },
  )

  test.each([
    ['bundle without a type', (bundle: Bundle) => ({ id: bundle.id, objects: bundle.objects })],
    ['bundle without an id', (bundle: Bundle) => ({ type: bundle.type, objects: bundle.objects })],
    ['empty list of objects', (bundle: Bundle) => ({ ...bundle, objects: [] })],
    ['property of its own on the bundle', (bundle: Bundle) => ({ ...bundle, spec_version: '2.0' })],
  ])('refuses a %s', (_, change) => expect(validate(change(full))).toBe(false))

  test.each([
    ['indicator', { created: '2026-11-22' }],
    ['indicator', { id: 'indicator--1' }],
    ['indicator', { labels: [] }],
    ['indicator', { extensions: {} }],
    ['indicator', { extensions: { [extensionId]: { extension_type: 'property-extension', to: 'XM' } } }],
    ['indicator', { extensions: { [extensionId]: { notice: 'x' } } }],
    ['indicator', { external_references: [{ source_name: 'focalpoint' }] }],
    ['identity', { id: 'indicator--9dedef82-b4ed-4999-872c-c5e5ea58bbcd' }],
    ['sighting', { sighting_of_ref: 'sighting--9dedef82-b4ed-4999-872c-c5e5ea58bbcd' }],
    ['sighting', { count: -1 }],
    ['marking-definition', { modified: '2022-10-01T00:00:00.000Z' }],
    ['marking-definition', { extensions: { other: {} } }],
  ])('refuses a %s with %j', (type, change) => {
    expect(validate({ ...full, objects: [{ ...ofType(full, type)[0], ...change }] })).toBe(false)
  })

  test('is given out by the node, to whoever wants to check', async () => {
    await using api = await openTestApi()
    const answer = await api.ask('/v1/schemas/stix-bundle.json')
    expect(await answer.json()).toEqual(stixSchema)
  })
})

test('the same notices give the same bytes again', async () => {
  await using api = await openTestApi()
  admitSeed(api.desk)
  expect(await exported(api)).toEqual(await exported(api))
})

test('a withdrawal revokes the object, and nothing but the version changes', async () => {
  await using api = await openTestApi()
  const issuedAt = '2026-11-22T10:00:00.000Z'
  const alert = api.desk.admit(exampleOf('alert'), { issuedAt })
  const [before] = ofType(await exported(api), 'indicator')
  const withdrawal = api.desk.admit(exampleOf('withdrawal'), { issuedAt: '2026-11-23T08:00:00.000Z' })
  const rel = { id: withdrawal.id, rel: 'withdraws', type: 'withdrawal', issuer: 'QM' }
  const stranger = {
    ...rel,
    id: api.desk.admit(exampleOf('withdrawal'), { issuedAt: '2027-01-01T00:00:00.000Z' }).id,
    issuer: 'QN',
  }
  Object.assign(alert, { status: 'withdrawn', referredToBy: [rel, stranger] })
  const bundle = await exported(api)
  const [after] = ofType(bundle, 'indicator')
  expect(after).toEqual({ ...before, revoked: true, modified: '2026-11-23T08:00:00.000Z' })
  expect(ofType(bundle, 'relationship').map(({ revoked }) => revoked)).toEqual([true])
  expect(validate(bundle)).toBe(true)
})

test('a sighting is one of its alert where there is one, else of its goods', async () => {
  await using api = await openTestApi()
  const alert = api.desk.admit(exampleOf('alert'))
  const drill = api.desk.admit(exampleOf('alert'), { exercise: true })
  const see = (of: object, more = {}) => {
    const draft = exampleOf('sighting')
    return api.desk.admit({ ...draft, body: { ...draft.body, of, ...more } } as typeof draft)
  }
  see({ kind: 'alert', id: alert.id })
  see({ kind: 'alert', id: drill.id })
  see({ kind: 'none' }, { verdict: 'not-the-product' })
  see({ kind: 'none' }, { count: 1_000_000_000 })
  const bundle = await exported(api, 'type=sighting')
  const [counted, harmless, ofDrill, ofAlert] = ofType(bundle, 'sighting')
  const indicators = ofType(bundle, 'indicator')
  expect(indicators).toHaveLength(2)
  const byPattern = new Map(indicators.map(({ id, pattern }) => [id, pattern]))
  const goods = "[x-focalpoint-goods:item = 'bar-fetters-weighted-leg-restraints']"
  expect(byPattern.get(String(ofAlert?.sighting_of_ref))).toBe("[x-focalpoint-goods:item = 'shock-glove']")
  expect(byPattern.get(String(ofDrill?.sighting_of_ref))).toBe(goods)
  expect(harmless).toMatchObject({
    count: 0,
    labels: ['not-the-product'],
    sighting_of_ref: ofDrill?.sighting_of_ref,
  })
  expect(counted).toMatchObject({ count: 999_999_999, summary: true })
  expect(validate(bundle)).toBe(true)
})

test('a false alarm is none of what it was taken for, and makes no indicator of harmless goods', async () => {
  await using api = await openTestApi()
  const denial = api.desk.admit(exampleOf('denial'))
  const draft = exampleOf('sighting')
  const { itemId, ...good } = (draft.body.goods as JsonObject[])[0] ?? {}
  const goods = [{ ...good, unlisted: { description: 'steel tubes' } }]
  for (const of of [
    { kind: 'list-item', itemId: 'thumb-finger-cuffs-screws' },
    { kind: 'denial', id: denial.id },
  ]) {
    const body = { ...draft.body, of, verdict: 'not-the-product', goods }
    api.desk.admit({ ...draft, body } as typeof draft)
  }
  const bundle = await exported(api, 'type=sighting')
  expect(itemId).toBeDefined()
  expect(ofType(bundle, 'sighting').map(({ count }) => count)).toEqual([0, 0])
  expect(ofType(bundle, 'indicator').map(({ pattern }) => pattern)).toEqual([
    expect.stringMatching(/^\[x-focalpoint-goods:notice = '[^']+'\]$/),
    "[x-focalpoint-goods:item = 'thumb-finger-cuffs-screws']",
  ])
})

test('a pattern holds what it is given, and no more', async () => {
  await using api = await openTestApi()
  const draft = exampleOf('alert')
  const unlisted = {
    ...(draft.body.goods as object[])[0],
    watchId: undefined,
    unlisted: { description: `It's a \\ "thing"` },
  }
  draft.body.goods = [JSON.parse(JSON.stringify(unlisted))]
  draft.body.urls = ["https://example.org/a'b"]
  api.desk.admit(draft)
  const [indicator] = ofType(await exported(api), 'indicator')
  expect(indicator?.pattern).toBe(
    `[x-focalpoint-goods:description = 'It\\'s a \\\\ "thing"'] OR [url:value = 'https://example.org/a\\'b']`,
  )
})

test.each([
  ['a drill, unless it is asked for', { exercise: true }],
  ['a disputed one', { standing: 'disputed' as const }],
  ['a void one', { standing: 'void' as const }],
  ['one out of form', { flags: ['body-form'] }],
])('leaves out %s', async (_, as) => {
  await using api = await openTestApi()
  api.desk.admit(exampleOf('alert'), as)
  expect(ofType(await exported(api, ''), 'indicator')).toEqual([])
})

test('a type of another program that warns is exported like an alert', async () => {
  const lamp: NoticeType = {
    ...(noticeTypes.find(({ name }) => name === 'alert') as NoticeType),
    name: 'lamp',
  }
  await using api = await openTestApi({ types: [...noticeTypes, lamp] })
  api.desk.admit({ ...exampleOf('alert'), type: 'lamp' })
  expect(ofType(await exported(api), 'indicator')).toHaveLength(1)
})

import { describe, expect, test } from 'vitest'
import type { Draft } from '../../protocol/draft.ts'
import { isError } from '../../protocol/errors.ts'
import { limits } from '../../protocol/limits.ts'
import { denial } from '../../protocol/notices/denial.ts'
import { parseDraft, partForm } from '../../protocol/parse-draft.ts'
import { errorsOf } from './notices/every-type.ts'

const example = structuredClone(denial.examples[0]) as Draft

function pointersOf(draft: unknown): string[] {
  return errorsOf(draft).map(({ pointer }) => pointer)
}

function thrownBy(draft: unknown, member?: string): unknown {
  try {
    return parseDraft(draft, member === undefined ? {} : { member })
  } catch (error) {
    return error
  }
}

describe('a draft', () => {
  test('hears of every wrong field at once, single fields and rules over several', () => {
    const { tlp: _, ...body } = structuredClone(example.body)
    const goods = structuredClone(body.goods) as { hs: { code: string } }[]
    for (const good of goods) good.hs.code = 'belt'
    const wrong = {
      ...example,
      body: { ...body, goods, decisionType: 'annulled', notifyBy: '2026-03-01', colour: 'red' },
      nominal: { ...example.nominal, stranger: { name: 'Nobody' } },
      parts: { body: { to: 'everyone' }, nominal: { to: 'named', until: '2026-02-30' } },
      refs: [{ id: 'short', rel: 'about' }],
    }
    expect(pointersOf(wrong).toSorted()).toEqual([
      '/body/authorisationRef',
      '/body/colour',
      '/body/goods/0/hs/code',
      '/body/notifyBy',
      '/body/tlp',
      '/nominal/stranger',
      '/parts/body/to',
      '/parts/nominal/until',
      '/readers',
      '/refs/0/id',
    ])
  })

  test('that is no object, or has no type, is refused as a whole', () => {
    for (const value of [null, 'denial', [example], 7]) expect(pointersOf(value)).toEqual([''])
    expect(pointersOf({ ...example, type: undefined })).toEqual(['/type'])
    expect(pointersOf({ ...example, type: { toString: 1 } })).toEqual(['/type'])
  })

  test('of an unknown type is told which there are', () => {
    const error = thrownBy({ ...example, type: 'consultation' })
    expect(isError(error, 'type-unknown') && error.details.known).toContain('denial')
  })

  test('that mixes goods of both channels is refused', () => {
    const [good] = example.body.goods as object[]
    const pentobarbital = {
      ...good,
      itemId: 'pentobarbital',
      category: 'EXECUTION_CAPABLE',
      chemicals: [{ cas: '57-33-0' }],
    }
    const error = thrownBy({ ...example, body: { ...example.body, goods: [good, pentobarbital] } })
    expect(isError(error, 'channel-mixed') && error.details).toEqual({
      torture: ['TORTURE_ONLY'],
      capital: ['EXECUTION_CAPABLE'],
    })
  })

  test('cannot pass goods for executions off as others', () => {
    const [good] = example.body.goods as object[]
    const disguised = { ...good, itemId: 'pentobarbital', chemicals: [{ cas: '57-33-0' }] }
    expect(pointersOf({ ...example, body: { ...example.body, goods: [disguised] } })).toEqual([
      '/body/goods/0/category',
    ])
  })

  test('has exactly one rule for each of its parts', () => {
    const { nominal: _, ...unnamed } = example
    expect(pointersOf({ ...example, parts: { body: { to: 'channel' } } })).toEqual(['/parts/nominal'])
    expect(pointersOf(unnamed)).toEqual(['/parts/nominal'])
    expect(
      pointersOf({ ...example, parts: { ...example.parts, readers: { to: 'named' } }, readers: ['QN'] }),
    ).toEqual(['/parts/readers'])
  })

  test('names readers exactly when a part is for them, each once and not too many', () => {
    const parts = { ...example.parts, nominal: { to: 'named' } }
    expect(pointersOf({ ...example, readers: ['QN'] })).toEqual(['/readers'])
    expect(pointersOf({ ...example, parts })).toEqual(['/readers'])
    expect(pointersOf({ ...example, parts, readers: ['QN', 'quorrin', 'QN'] })).toEqual([
      '/readers/1',
      '/readers/2',
    ])
    const many = Array.from({ length: limits.readersPerNotice + 1 }, (_, at) => `M${at}`)
    expect(pointersOf({ ...example, parts, readers: many })).toEqual(['/readers'])
    expect(pointersOf({ ...example, parts, readers: ['QN', 'DEMO07'] })).toEqual([])
  })

  test('has at most as many references as an envelope holds', () => {
    const refs = Array.from({ length: limits.refsPerNotice + 1 }, () => ({
      id: 'A'.repeat(43),
      rel: 'about',
    }))
    expect(pointersOf({ ...example, refs })).toEqual(['/refs'])
    expect(pointersOf({ ...example, refs: [{ id: 'A'.repeat(43), rel: 'likes' }] })).toEqual(['/refs/0/rel'])
  })

  test('smuggles nothing in under the name of a prototype', () => {
    const wrong = JSON.parse(
      JSON.stringify(example).replace('"nominal":{', '"nominal":{"__proto__":{"name":"x"},'),
    )
    expect(pointersOf(wrong)).toContain('/nominal/__proto__')
  })

  test('that is no drill carries a reference of the one who drafts', () => {
    const { exercise: _, ...real } = example
    expect(thrownBy(real, 'QM')).toEqual(real)
    expect(isError(thrownBy(real, 'QN'), 'draft-invalid')).toBe(true)
    expect(thrownBy(example, 'QN')).toEqual(example)
  })

  test('once parsed does not change with the value it came from', () => {
    const value = structuredClone(example)
    const parsed = parseDraft(value)
    value.body.tlp = 'TLP:CLEAR'
    expect(parsed.body.tlp).toBe(example.body.tlp)
  })
})

describe('a part from a peer', () => {
  test('is told apart when it does not follow its form', () => {
    expect(partForm('denial', 'body', { ...example.body, tlp: 'TLP:PINK' })).toMatchObject([
      { pointer: '/tlp', code: 'vocabulary' },
    ])
    expect(partForm('denial', 'nominal', { depot: { nom: 'x' } }).map(({ pointer }) => pointer)).toEqual([
      '/depot/name',
      '/depot/nom',
    ])
    expect(partForm('denial', 'body', 'text')).toHaveLength(1)
  })

  test('of an unknown type or name is carried, not judged', () => {
    expect(partForm('consultation', 'body', { anything: 1 })).toEqual([])
    expect(partForm('denial', 'annex', { anything: 1 })).toEqual([])
  })
})

test('tells of each of many thousand wrong fields once', () => {
  const parts = Object.fromEntries(Array.from({ length: 8000 }, (_, at) => [`field${at}`, '\u202e']))
  const pointers = pointersOf({ ...example, parts })
  expect(pointers.filter(pointer => pointer === '/parts/field7999')).not.toEqual([])
  expect(errorsOf({ ...example, parts })).toHaveLength(
    new Set(errorsOf({ ...example, parts }).map(({ pointer, detail }) => `${pointer} ${detail}`)).size,
  )
})

import { describe, expect, test } from 'vitest'
import { categories } from '../../../protocol/channels.ts'
import {
  categoryOf,
  findGoods,
  goodsByAlias,
  goodsByCas,
  goodsByHs,
  goodsList,
} from '../../../protocol/goods/list.ts'

const ids = (goods: { id: string }[]) => goods.map(({ id }) => id)

describe('the goods list', () => {
  test('has a version, and every good in one of the four categories', () => {
    expect(goodsList.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(goodsList.items).toHaveLength(54)
    expect(goodsList.watch).toHaveLength(17)
    for (const { id } of [...goodsList.items, ...goodsList.watch])
      expect(categories).toContain(categoryOf(id))
  })

  test('tells listed goods from those that are only watched', () => {
    expect(findGoods('spit-hood')).toMatchObject({ kind: 'listed', category: 'TORTURE_CAPABLE' })
    expect(findGoods('shock-glove')).toMatchObject({ kind: 'watch', proposedCategory: 'TORTURE_ONLY' })
    expect(findGoods('__proto__')).toBe(undefined)
    expect(categoryOf('teapot')).toBe(undefined)
  })

  test('finds goods by an HS code, a heading or a longer national code', () => {
    expect(ids(goodsByHs('650500'))).toEqual(['spit-hood'])
    expect(ids(goodsByHs('6505'))).toEqual(['spit-hood'])
    expect(ids(goodsByHs('6505.00.30'))).toEqual(['spit-hood'])
    expect(ids(goodsByHs('65'))).toContain('spit-hood')
    expect(goodsByHs('6')).toEqual([])
    expect(goodsByHs('65x')).toEqual([])
  })

  test('finds goods of both lists by a CAS number', () => {
    expect(ids(goodsByCas('57-33-0'))).toEqual(['pentobarbital'])
    expect(ids(goodsByCas('7727-37-9'))).toEqual(['nitrogen-hypoxia-equipment'])
    expect(goodsByCas('7732-18-5')).toEqual([])
  })

  test('finds goods by a name in any language, whatever its case and accents', () => {
    expect(ids(goodsByAlias('PATIBULO'))).toEqual(['gallows-guillotine'])
    expect(ids(goodsByAlias('مشنقة'))).toEqual(['gallows-guillotine'])
    expect(ids(goodsByAlias('menottes a charniere'))).toEqual(['ordinary-handcuffs'])
  })

  test('finds goods by words of a name in any order, exact names first', () => {
    expect(ids(goodsByAlias('handcuffs chain link'))).toContain('ordinary-handcuffs')
    expect(ids(goodsByAlias('handcuffs'))[0]).toBe('ordinary-handcuffs')
    expect(goodsByAlias(' - ')).toEqual([])
    expect(goodsByAlias('garden furniture')).toEqual([])
  })
})

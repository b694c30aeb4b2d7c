import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, isObject, parseCanonical } from '../../protocol/canonical.ts'
import { outcomeOf } from './builders.ts'

const json = fc.jsonValue({ maxDepth: 6, noUnicodeString: false })

describe('canonical', () => {
  it('gives every JSON value one text, which reads back as that value', () => {
    fc.assert(
      fc.property(json, value => {
        // JSON has no negative zero: both zeros are one value.
        expect(parseCanonical(canonical(value), 100)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('does not depend on the order in which members were set', () => {
    const values = fc.uniqueArray(fc.tuple(fc.string(), fc.integer()), { selector: ([name]) => name })
    fc.assert(
      fc.property(values, entries => {
        const forward = Object.fromEntries(entries)
        const backward = Object.fromEntries([...entries].reverse())
        expect(canonical(forward)).toBe(canonical(backward))
      }),
    )
  })

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a lone surrogate', { a: '\ud800' }],
    ['a lone surrogate in a name', { '\udfff': 1 }],
    ['a bigint', 1n],
  ])('refuses %s, which JSON cannot say', (_, value) => {
    expect(outcomeOf(() => canonical(value))).toBe('payload-not-canonical')
  })

  it('refuses a value that holds itself', () => {
    const value: unknown[] = []
    value.push(value)
    expect(outcomeOf(() => canonical(value))).toBe('payload-not-canonical')
  })
})

describe('parseCanonical', () => {
  it('accepts no other text of a value: a space anywhere between tokens is refused', () => {
    const text = '{"a":[1,true,null],"b":{"c":"x"}}'
    expect(parseCanonical(text)).toEqual(JSON.parse(text))
    for (const [at, char] of [...text].entries()) {
      if (!'{}[],:'.includes(char)) continue
      const spaced = `${text.slice(0, at)} ${text.slice(at)}`
      expect(JSON.parse(spaced)).toEqual(JSON.parse(text))
      expect(
        outcomeOf(() => parseCanonical(spaced)),
        spaced,
      ).toBe('payload-not-canonical')
    }
  })

  it('accepts a text exactly when it is the canonical text of its value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), text => {
        const isCanonical = canonical(JSON.parse(text)) === text
        expect(outcomeOf(() => canonical(parseCanonical(text, 100)))).toBe(
          isCanonical ? text : 'payload-not-canonical',
        )
      }),
    )
  })

  it('counts the depth before it parses, so that a hundred thousand brackets cost no stack', () => {
    for (const depth of [9, 1000, 100_000]) {
      expect(outcomeOf(() => parseCanonical('['.repeat(depth) + ']'.repeat(depth)))).toBe('payload-too-deep')
      expect(outcomeOf(() => parseCanonical('{"a":'.repeat(depth)))).toBe('payload-too-deep')
    }
  })

  it('counts no brackets within texts, nor after an escaped quote', () => {
    const text = canonical([`"${'['.repeat(50)}`, '\\', `${'{'.repeat(50)}`])
    expect(parseCanonical(text)).toEqual(JSON.parse(text))
  })

  it('tells members of an object named as JavaScript names its own', () => {
    const text = '{"__proto__":{"x":1},"constructor":1}'
    expect(canonical(parseCanonical(text))).toBe(text)
  })
})

it('isObject tells objects from lists and null', () => {
  expect([{}, [], null, 'x', 1].map(value => isObject(value))).toEqual([true, false, false, false, false])
})

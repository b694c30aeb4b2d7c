import { expect, test } from 'vitest'
import { patched, valueAt } from '../../protocol/json-patch.ts'

const body = { goods: [{ value: 40 }, { value: 2 }], place: 'port', 'a/b': { '~c': 1 } }

test('each step of RFC 6902 does what it says, and leaves what it was given as it was', () => {
  const before = structuredClone(body)
  const after = (op: object) => patched(body, [op as never])
  expect(after({ op: 'replace', path: '/goods/0/value', value: 400 })?.goods).toEqual([
    { value: 400 },
    { value: 2 },
  ])
  expect(after({ op: 'add', path: '/goods/1', value: { value: 7 } })?.goods).toEqual([
    { value: 40 },
    { value: 7 },
    { value: 2 },
  ])
  expect(after({ op: 'add', path: '/goods/-', value: 1 })?.goods).toHaveLength(3)
  expect(after({ op: 'remove', path: '/goods/0' })?.goods).toEqual([{ value: 2 }])
  expect(after({ op: 'remove', path: '/place' })).not.toHaveProperty('place')
  expect(after({ op: 'move', from: '/goods/0', path: '/goods/1' })?.goods).toEqual([
    { value: 2 },
    { value: 40 },
  ])
  expect(after({ op: 'copy', from: '/place', path: '/other' })?.other).toBe('port')
  expect(after({ op: 'test', path: '/place', value: 'port' })).toEqual(body)
  expect(valueAt(body, '/a~1b/~0c')).toBe(1)
  expect(body).toEqual(before)
})

test.each([
  { op: 'replace', path: '/nowhere', value: 1 },
  { op: 'remove', path: '/goods/2' },
  { op: 'add', path: '/goods/3', value: 1 },
  { op: 'add', path: '/place/deeper', value: 1 },
  { op: 'test', path: '/place', value: 'road' },
  { op: 'move', from: '/nowhere', path: '/place' },
  { op: 'replace', path: '/constructor', value: 1 },
  { op: 'replace', path: '/goods/00/value', value: 1 },
] as const)('what does not fit changes nothing: $op $path', step => {
  expect(patched(body, [step])).toBeUndefined()
})

test('no step reaches what all objects share', () => {
  const after = patched(body, [{ op: 'add', path: '/__proto__', value: { isBad: true } }])
  expect(Object.hasOwn(after ?? {}, '__proto__')).toBe(true)
  expect((after as { isBad?: boolean }).isBad).toBeUndefined()
})

import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { checkedValue, withChecksum } from '../../../node/store/checksum.ts'

test('a value comes back as it was written', () => {
  for (const value of ['', 'é', 'x'.repeat(100_000)])
    expect(checkedValue('key', withChecksum('key', value))).toBe(value)
})

test('a value that was changed anywhere, cut, or moved to another key is not given', () => {
  const stored = withChecksum('person!1', 'Kestrel')
  for (let at = 0; at < stored.length; at++) {
    const changed =
      stored.slice(0, at) + String.fromCharCode(stored.charCodeAt(at) ^ 1) + stored.slice(at + 1)
    expect(checkedValue('person!1', changed)).toBeUndefined()
    expect(checkedValue('person!1', stored.slice(0, at))).toBeUndefined()
  }
  expect(checkedValue('person!2', stored)).toBeUndefined()
})

test('the checksum is that of zlib, for short texts and long ones, in any script', () => {
  for (const value of ['', 'a', 'Kestrel', 'كويلمارك', 'x'.repeat(100), 'x'.repeat(101), 'é'.repeat(300)]) {
    const expected = crc32(value, crc32('person!1')).toString(16).padStart(8, '0')
    expect(withChecksum('person!1', value)).toBe(expected + value)
  }
})

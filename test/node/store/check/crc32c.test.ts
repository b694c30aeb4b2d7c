import { expect, test } from 'vitest'
import { crc32c, masked } from '../../../../node/store/check/crc32c.ts'

test('the examples of RFC 3720, appendix B.4', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43)
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => at))).toBe(0x46dd794e)
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, at) => 31 - at))).toBe(0x113fdb5c)
})

test('bytes may be given in pieces', () => {
  const bytes = Buffer.from('a text of some length')
  expect(crc32c(bytes.subarray(5), crc32c(bytes.subarray(0, 5)))).toBe(crc32c(bytes))
})

test('LevelDB turns and shifts what it stores', () => {
  expect(masked(0)).toBe(0xa282ead8)
  expect(masked(1)).toBe((0x20000 + 0xa282ead8) >>> 0)
})

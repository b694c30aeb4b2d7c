import { crc32 } from 'node:zlib'

/** Eight hexadecimal digits stand before every value. */
const digits = 8

/** The value as it stands on disk: a CRC-32 over key and value first, so that no other row's value passes for it. */
export function withChecksum(key: string, value: string): string {
  return checksumOf(key, value) + value
}

/** The value of a row, or undefined where its bytes are not those that were written. */
export function checkedValue(key: string, stored: string): string | undefined {
  const value = stored.slice(digits)
  return stored.length >= digits && stored.startsWith(checksumOf(key, value)) ? value : undefined
}

function checksumOf(key: string, value: string): string {
  return crcOf(value, crcOf(key, 0)).toString(16).padStart(digits, '0')
}

/** Up to this length the way across the language border takes longer than the sum itself. */
const shortLength = 100
const table = makeTable()

/** CRC-32 of the text's UTF-8. */
function crcOf(text: string, before: number): number {
  if (text.length > shortLength) return crc32(text, before)
  let crc = ~before
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 127) return crc32(text, before)
    crc = (table[(crc ^ code) & 255] ?? 0) ^ (crc >>> 8)
  }
  return ~crc >>> 0
}

/** Of the polynomial that zlib takes (ISO 3309), bit by bit from the least. */
function makeTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    return crc >>> 0
  })
}

/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), which LevelDB puts on its records and blocks; `node:zlib` has the other one. */
const polynomial = 0x82f63b78

/** Eight tables, so that eight bytes are taken in a step. */
const tables = makeTables()

export function crc32c(bytes: Uint8Array, before = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables
  const at8 = bytes.length - (bytes.length % 8)
  const at = (table: Uint32Array, index: number) => table[index] ?? 0
  const byte = (index: number) => bytes[index] ?? 0
  let crc = ~before
  for (let i = 0; i < at8; i += 8) {
    const low = crc ^ (byte(i) | (byte(i + 1) << 8) | (byte(i + 2) << 16) | (byte(i + 3) << 24))
    crc =
      at(t7, low & 255) ^
      at(t6, (low >>> 8) & 255) ^
      at(t5, (low >>> 16) & 255) ^
      at(t4, low >>> 24) ^
      at(t3, byte(i + 4)) ^
      at(t2, byte(i + 5)) ^
      at(t1, byte(i + 6)) ^
      at(t0, byte(i + 7))
  }
  for (let i = at8; i < bytes.length; i++) crc = at(t0, (crc ^ byte(i)) & 255) ^ (crc >>> 8)
  return ~crc >>> 0
}

/** As LevelDB stores it, so that a checksum over checksums stays a good one. */
export function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}

type Tables = [
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
  Uint32Array,
]

function makeTables(): Tables {
  const first = Uint32Array.from({ length: 256 }, (_, index) => {
    let crc = index
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
    return crc >>> 0
  })
  const next = (table: Uint32Array) => table.map(crc => ((crc >>> 8) ^ (first[crc & 255] ?? 0)) >>> 0)
  const second = next(first)
  const third = next(second)
  const fourth = next(third)
  const fifth = next(fourth)
  const sixth = next(fifth)
  const seventh = next(sixth)
  return [first, second, third, fourth, fifth, sixth, seventh, next(seventh)]
}

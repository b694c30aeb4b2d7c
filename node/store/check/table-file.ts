import { crc32c, masked } from './crc32c.ts'

// LevelDB's tables (doc/table_format.md): blocks, each followed by its compression (1 byte) and a masked CRC-32C (4);
// a last block that says where the others are; and a footer of 48 bytes that says where that one is. LevelDB does not
// check them when it reads.

const footerSize = 48
const trailerSize = 5
const magic = 0xdb4775248b80fb57n

interface Place {
  offset: number
  size: number
}

/** Whether every block of the table is as it was written. */
export function isSoundTable(bytes: Uint8Array): boolean {
  try {
    if (bytes.length < footerSize) return false
    const footer = bytes.subarray(bytes.length - footerSize)
    const view = new DataView(footer.buffer, footer.byteOffset, footer.byteLength)
    if (view.getBigUint64(footerSize - 8, true) !== magic) return false
    const cursor = new Cursor(footer)
    const meta = cursor.place()
    const index = cursor.place()
    return [meta, index].every(
      place =>
        isSoundBlock(bytes, place) &&
        placesIn(blockAt(bytes, place)).every(each => isSoundBlock(bytes, each)),
    )
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function isSoundBlock(bytes: Uint8Array, { offset, size }: Place): boolean {
  const end = offset + size + trailerSize
  if (end > bytes.length - footerSize) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return masked(crc32c(bytes.subarray(offset, end - 4))) === view.getUint32(end - 4, true)
}

function blockAt(bytes: Uint8Array, { offset, size }: Place): Uint8Array {
  return bytes.subarray(offset, offset + size)
}

/** The values of an index block: where other blocks are. */
function placesIn(block: Uint8Array): Place[] {
  const restarts = new DataView(block.buffer, block.byteOffset, block.byteLength).getUint32(
    block.length - 4,
    true,
  )
  const end = block.length - 4 - 4 * restarts
  const cursor = new Cursor(block)
  const places: Place[] = []
  while (cursor.at < end) {
    cursor.number()
    const keyLength = cursor.number()
    const valueLength = cursor.number()
    cursor.at += keyLength
    const next = cursor.at + valueLength
    places.push(cursor.place())
    cursor.at = next
  }
  return places
}

class Cursor {
  readonly #bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Seven bits a byte, least first. Throws `RangeError` past the end. */
  number(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.at++]
      if (byte === undefined) throw new RangeError('a number runs past the end')
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }

  place(): Place {
    return { offset: this.number(), size: this.number() }
  }
}

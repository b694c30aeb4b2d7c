import { crc32c, masked } from './crc32c.ts'

// LevelDB's write-ahead log and manifest (doc/log_format.md): blocks of 32 KiB; records of a masked CRC-32C (4 bytes),
// a length (2) and a type (1), then the bytes; no record crosses a block's end, and less than 7 bytes there are zeros.
// Its own reader skips what does not check without a word; here a file that was only cut short is told from one in
// which a byte was changed.

const blockSize = 32_768
const headerSize = 7

/**
 * Whether the bytes from this place on are as LevelDB wrote them, but for a last write that a crash cut short. `from`
 * is taken down to the block's beginning, where a record always begins.
 */
export function isSoundLog(bytes: Uint8Array, from = 0): boolean {
  for (let start = from - (from % blockSize); start < bytes.length; start += blockSize) {
    if (!isSoundBlock(bytes.subarray(start, start + blockSize), start + blockSize < bytes.length))
      return false
  }
  return true
}

function isSoundBlock(block: Uint8Array, isFollowed: boolean): boolean {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  let at = 0
  while (at + headerSize <= block.length) {
    const length = view.getUint16(at + 4, true)
    const end = at + headerSize + length
    if (isBlank(block.subarray(at))) return !isFollowed
    if (end > block.length) return !isFollowed && isCutShort(block.subarray(at))
    if (masked(crc32c(block.subarray(at + 6, end))) !== view.getUint32(at, true)) return false
    at = end
  }
  // What is left is the block's filling, or the beginning of a header.
  return !isFollowed || isBlank(block.subarray(at))
}

/** A file system may leave zeros where the power was cut before the bytes came. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte === 0)
}

/** A record that runs past the end: cut short, unless its checksum is right for fewer bytes, so that its length was changed. */
function isCutShort(record: Uint8Array): boolean {
  const stored = new DataView(record.buffer, record.byteOffset, record.byteLength).getUint32(0, true)
  let crc = 0
  for (let end = headerSize; end <= record.length; end++) {
    crc = crc32c(record.subarray(end - 1, end), crc)
    if (masked(crc) === stored) return false
  }
  return true
}

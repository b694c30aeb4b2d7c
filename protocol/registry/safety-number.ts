import { sha256Bytes } from '../sha256.ts'

/** Twelve groups of five digits to read over the telephone: SHA-256 of a text as a number, modulo 10^60. */
export function safetyNumber(text: string): string {
  const digits = (numberOf(sha256Bytes(text)) % 10n ** 60n).toString().padStart(60, '0')
  return (digits.match(/.{5}/g) ?? []).join(' ')
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n)
}

import { isIPv6 } from 'node:net'

/** Where an IPv6 address of such a network holds an IPv4 address: RFC 6052, 8215, 3056, 4380 and 4291 (2.5.5.1). */
const embeddings: readonly { prefix: readonly number[]; at: number; isInverted?: true }[] = [
  { prefix: [0x00, 0x64, 0xff, 0x9b], at: 12 },
  { prefix: [0x20, 0x02], at: 2 },
  { prefix: [0x20, 0x01, 0x00, 0x00], at: 4 },
  { prefix: [0x20, 0x01, 0x00, 0x00], at: 12, isInverted: true },
  { prefix: Array<number>(12).fill(0), at: 12 },
]

/** The sixteen bytes of an IPv6 address without a zone. */
export function bytesOf(address: string): number[] {
  const [, before = '', dotted] = /^(.*?)((?:\d+\.){3}\d+)?$/.exec(address) ?? []
  const last = dotted?.split('.').map(Number) ?? []
  const [left = '', right] = before.replace(/(?<!:):$/, '').split('::')
  const [head, tail] = [groups(left), groups(right ?? '')]
  const gap = 16 - head.length - tail.length - last.length
  return [...head, ...Array<number>(Math.max(0, gap)).fill(0), ...tail, ...last]
}

/** The IPv4 address that such an IPv6 address is to the system: RFC 4291, 2.5.5.2. */
export function mappedIn(address: string): string | undefined {
  if (!isIPv6(address)) return undefined
  const bytes = bytesOf(address)
  const isMapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  return isMapped ? bytes.slice(12).join('.') : undefined
}

/** Every IPv4 address to which a gateway may carry on what is sent to this one. */
export function embeddedIn(address: string): string[] {
  if (!isIPv6(address) || address === '::' || address === '::1') return []
  const bytes = bytesOf(address)
  return embeddings
    .filter(({ prefix }) => prefix.every((byte, at) => bytes[at] === byte))
    .map(({ at, isInverted }) =>
      bytes
        .slice(at, at + 4)
        .map(byte => (isInverted ? byte ^ 0xff : byte))
        .join('.'),
    )
}

function groups(text: string): number[] {
  if (text === '') return []
  return text
    .split(':')
    .map(group => Number.parseInt(group, 16))
    .flatMap(group => [group >> 8, group & 0xff])
}

import { isIPv6 } from 'node:net'

/** Forms of IPv6 addresses, in hexadecimal, that hold an IPv4 address, and at which of their bytes. */
const embeddings: readonly {
  form: RegExp
  at: readonly number[]
  isInverted?: true
  isOneOfSeveral?: true
}[] = [
  // RFC 4291, 2.5.5.1 and 2.5.5.2; RFC 2765, 2.1
  { form: /^0{24}/, at: [12, 13, 14, 15] },
  { form: /^0{20}ffff/, at: [12, 13, 14, 15] },
  { form: /^0{16}ffff0000/, at: [12, 13, 14, 15] },
  // RFC 6052, 2.1
  { form: /^0064ff9b0{16}/, at: [12, 13, 14, 15] },
  // RFC 8215: which of the lengths of RFC 6052, 2.2 a network has chosen cannot be seen
  { form: /^0064ff9b0001/, at: [6, 7, 9, 10], isOneOfSeveral: true },
  { form: /^0064ff9b0001/, at: [7, 9, 10, 11], isOneOfSeveral: true },
  { form: /^0064ff9b0001/, at: [9, 10, 11, 12], isOneOfSeveral: true },
  { form: /^0064ff9b0001/, at: [12, 13, 14, 15], isOneOfSeveral: true },
  // RFC 3056, 2
  { form: /^2002/, at: [2, 3, 4, 5] },
  // RFC 4380, 4: its server, and its client
  { form: /^20010000/, at: [4, 5, 6, 7] },
  { form: /^20010000/, at: [12, 13, 14, 15], isInverted: true },
  // RFC 5214, 6.1, in any network
  { form: /^.{16}0[0-3]005efe/, at: [12, 13, 14, 15] },
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
  return /^0{20}ffff/.test(hexOf(bytes)) ? bytes.slice(12).join('.') : undefined
}

/** Every IPv4 address to which a gateway may carry on what is sent to this one. */
export function embeddedIn(address: string): string[] {
  if (!isIPv6(address)) return []
  const bytes = bytesOf(address)
  const hex = hexOf(bytes)
  if (/^0{31}[01]$/.test(hex)) return []
  return embeddings
    .filter(({ form }) => form.test(hex))
    .map(({ at, isInverted, isOneOfSeveral }) => ({
      inner: at.map(place => (bytes[place] ?? 0) ^ (isInverted ? 0xff : 0)),
      isOneOfSeveral,
    }))
    .filter(({ inner, isOneOfSeveral }) => !isOneOfSeveral || inner[0] !== 0)
    .map(({ inner }) => inner.join('.'))
}

function hexOf(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('hex')
}

function groups(text: string): number[] {
  if (text === '') return []
  return text
    .split(':')
    .map(group => Number.parseInt(group, 16))
    .flatMap(group => [group >> 8, group & 0xff])
}

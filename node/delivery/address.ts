import { BlockList, isIP, isIPv4 } from 'node:net'
import { embeddedIn, mappedIn } from './embedded.ts'
import type { TargetCode } from './refusal.ts'

/** Networks that are not simply the Internet; the most particular first. */
const special: readonly { code: TargetCode; networks: readonly string[]; isNeverAllowed?: true }[] = [
  {
    code: 'target-metadata',
    networks: [
      '169.254.169.254/32',
      '169.254.170.2/32',
      '100.100.100.200/32',
      '168.63.129.16/32',
      'fd00:ec2::254/128',
    ],
  },
  { code: 'target-loopback', networks: ['127.0.0.0/8', '::1/128'] },
  {
    code: 'target-reserved',
    networks: ['0.0.0.0/8', '240.0.0.0/4', '::/128', '100::/64'],
    isNeverAllowed: true,
  },
  { code: 'target-multicast', networks: ['224.0.0.0/4', 'ff00::/8'], isNeverAllowed: true },
  { code: 'target-link-local', networks: ['169.254.0.0/16', 'fe80::/10'] },
  {
    code: 'target-private',
    networks: [
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '100.64.0.0/10',
      'fc00::/7',
      'fec0::/10',
      '64:ff9b:1::/48',
    ],
  },
  {
    code: 'target-reserved',
    networks: [
      '192.0.0.0/24',
      '192.0.2.0/24',
      '192.88.99.0/24',
      '198.18.0.0/15',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '2001:db8::/32',
      '3fff::/20',
      '5f00::/16',
    ],
  },
]

/** Which addresses may be sent to. */
export interface Addresses {
  /** Why this address may not be sent to; undefined when it may. */
  refusalOf: (address: string) => TargetCode | undefined
}

/**
 * A network allows what lies in it, but a special network only what is allowed inside of it: `0.0.0.0/0` is the
 * Internet, and neither this machine nor the office behind it. Throws for what is no network.
 */
export function addressesWithin(allowed: readonly string[]): Addresses {
  const networks = allowed.map(parseNetwork)
  const anywhere = blockListOf(networks)
  const rules = special.map(({ code, networks: texts, isNeverAllowed }) => {
    const inside = texts.map(parseNetwork)
    const within = isNeverAllowed
      ? []
      : networks.filter(one => inside.some(other => one.prefix >= other.prefix && contains(other, one.base)))
    return { code, holds: blockListOf(inside), allows: blockListOf(within) }
  })

  function refusalOf(address: string): TargetCode | undefined {
    if (isIP(address) === 0 || address.includes('%')) return 'target-malformed'
    const mapped = mappedIn(address)
    if (mapped !== undefined) return refusalOf(mapped) && 'target-embedded'
    if (embeddedIn(address).some(inner => refusalOf(inner) !== undefined)) return 'target-embedded'
    const rule = rules.find(({ holds }) => has(holds, address))
    if (rule !== undefined) return has(rule.allows, address) ? undefined : rule.code
    return has(anywhere, address) ? undefined : 'target-network'
  }
  return { refusalOf }
}

export function isLoopback(address: string): boolean {
  return loopback.some(network => contains(network, mappedIn(address) ?? address))
}

interface Network {
  base: string
  prefix: number
}

const loopback = ['127.0.0.0/8', '::1/128'].map(parseNetwork)

function parseNetwork(text: string): Network {
  const [base = '', prefix = ''] = text.split('/')
  const most = isIPv4(base) ? 32 : 128
  if (isIP(base) === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > most)
    throw new TypeError(`"${text}" is no network: write it like 192.0.2.0/24 or 2001:db8::/32.`)
  return { base, prefix: Number(prefix) }
}

function contains(network: Network, address: string): boolean {
  return isIPv4(network.base) === isIPv4(address) && has(blockListOf([network]), address)
}

function blockListOf(networks: readonly Network[]): BlockList {
  const list = new BlockList()
  for (const { base, prefix } of networks) list.addSubnet(base, prefix, familyOf(base))
  return list
}

function has(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6'
}

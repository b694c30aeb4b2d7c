import { BlockList, isIP, isIPv4 } from 'node:net'
import { embeddedIn, mappedIn } from './embedded.ts'
import type { TargetCode } from './refusal.ts'

/**
 * Networks that are not simply the Internet, by the registries of special-purpose addresses (RFC 6890, 8190); the most
 * particular first.
 */
const special: readonly { code: TargetCode; networks: readonly string[]; isNeverAllowed?: true }[] = [
  {
    code: 'target-metadata',
    networks: [
      '169.254.169.254/32',
      '169.254.170.2/32',
      '169.254.170.23/32',
      '169.254.42.42/32',
      '169.254.0.23/32',
      '100.100.100.200/32',
      '168.63.129.16/32',
      '192.0.0.192/32',
      'fd00:ec2::254/128',
      'fd00:ec2::23/128',
      'fd20:ce::254/128',
      'fd00:42::42/128',
      'fe80::a9fe:a9fe/128',
    ],
  },
  { code: 'target-loopback', networks: ['127.0.0.0/8', '::1/128'] },
  {
    code: 'target-reserved',
    networks: ['0.0.0.0/8', '240.0.0.0/4', '::/128', '100::/64', '100:0:0:1::/64'],
    isNeverAllowed: true,
  },
  { code: 'target-multicast', networks: ['224.0.0.0/4', 'ff00::/8'], isNeverAllowed: true },
  { code: 'target-link-local', networks: ['169.254.0.0/16', 'fe80::/10'] },
  {
    code: 'target-private',
    networks: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10'],
  },
  // Doors to IPv4: mapped, compatible, SIIT, NAT64, 6to4, Teredo.
  {
    code: 'target-embedded',
    networks: [
      '::ffff:0:0/96',
      '::/96',
      '::ffff:0:0:0/96',
      '64:ff9b::/96',
      '64:ff9b:1::/48',
      '2002::/16',
      '2001::/32',
    ],
  },
  // Documentation, measuring, anycast, identifiers that are no places; then all that is no unicast of the Internet.
  {
    code: 'target-reserved',
    networks: [
      '192.0.0.0/24',
      '192.0.2.0/24',
      '192.31.196.0/24',
      '192.52.193.0/24',
      '192.88.99.0/24',
      '192.175.48.0/24',
      '198.18.0.0/15',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '2001::/23',
      '2001:db8::/32',
      '2620:4f:8000::/48',
      '3fff::/20',
      '::/3',
      '4000::/2',
      '8000::/1',
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
 * Internet, and neither this machine nor the office behind it. An address within an address must be allowed, too.
 * Throws for what is no network.
 */
export function addressesWithin(allowed: readonly string[]): Addresses {
  const networks = allowed.map(parseNetwork)
  const anywhere = holderOf(networks)
  const rules = special.map(({ code, networks: texts, isNeverAllowed }) => {
    const inside = texts.map(parseNetwork)
    const within = isNeverAllowed
      ? []
      : networks.filter(one => inside.some(other => one.prefix >= other.prefix && contains(other, one.base)))
    return { code, holds: holderOf(inside), allows: holderOf(within) }
  })

  function refusalOf(address: string): TargetCode | undefined {
    if (isIP(address) === 0 || address.includes('%')) return 'target-malformed'
    if (embeddedIn(address).some(inner => refusalOf(inner) !== undefined)) return 'target-embedded'
    const rule = rules.find(({ holds }) => holds(address))
    if (rule !== undefined) return rule.allows(address) ? undefined : rule.code
    return anywhere(address) ? undefined : 'target-network'
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
  return holderOf([network])(address)
}

/** A list for each family: one list alone finds 192.0.2.1 in `::/0`, which names no address of IPv4. */
function holderOf(networks: readonly Network[]): (address: string) => boolean {
  const lists = { ipv4: new BlockList(), ipv6: new BlockList() }
  for (const { base, prefix } of networks) lists[familyOf(base)].addSubnet(base, prefix, familyOf(base))
  return address => lists[familyOf(address)].check(address, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6'
}

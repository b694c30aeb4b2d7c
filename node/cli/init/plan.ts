import { type Channel, channelNames, FocalpointError, isChannel, type JoinRequest } from '#protocol'

/** What `init` asks, once all of it is known and checked. */
export interface InitPlan {
  /** Absolute. */
  folder: string
  /** Of the store; absolute. */
  dataDir: string
  /** Of the record of what was signed last; absolute, best on another disk. */
  lastSignedDir: string
  member: string
  names: JoinRequest['names']
  kind: JoinRequest['kind']
  channels: Channel[]
  /** Multiaddrs. */
  listen: string[]
  announce: string[]
  contacts: JoinRequest['contacts']
  /** The network to join, or null to found one. */
  net: string | null
  /** The text of its trust.json, where it was given. */
  trust?: string
}

export const kinds = ['state', 'organisation', 'observer'] as const satisfies readonly JoinRequest['kind'][]

/** Each parses one answer: the same rules for a flag and for what is typed. */
export const answers = {
  member(text: string): string {
    if (/^[A-Z][A-Z0-9]{1,7}$/.test(text)) return text
    throw wrong('A member id is 2 to 8 capital letters and digits; two letters are a country code.')
  },
  kind(text: string): JoinRequest['kind'] {
    const kind = kinds.find(each => each === text)
    if (kind !== undefined) return kind
    throw wrong(`The kind is one of ${kinds.join(', ')}.`)
  },
  channel(text: string): Channel {
    if (isChannel(text)) return text
    throw wrong(`A channel is one of ${channelNames.join(', ')}.`)
  },
  /** "Hesperay", or "ar=هسبيراي". */
  name(text: string): [language: string, name: string] {
    const [, language = 'en', name = ''] = /^(?:([a-z]{2,3})=)?(.*)$/.exec(text.trim()) ?? []
    if (name !== '') return [language, name]
    throw wrong('A name cannot be empty; write a name in another language as "fr=…".')
  },
  address(text: string): string {
    if (/^\/(ip4|ip6|dns|dns4|dns6)\/[^/]+\/tcp\/\d+$/.test(text)) return text
    throw wrong(
      `"${text}" is no address: write it as /dns4/node.example.org/tcp/7600 or /ip4/192.0.2.1/tcp/7600.`,
    )
  },
  /** "role=focal point,email=a@b,telephone=+00". */
  contact(text: string): JoinRequest['contacts'][number] {
    const given = Object.fromEntries(
      text.split(',').map(piece => {
        const [name = '', ...value] = piece.split('=')
        return [name.trim(), value.join('=').trim()]
      }),
    )
    const { role = '', email, telephone, ...more } = given
    if (role === '' || (!email && !telephone) || Object.keys(more).length > 0) {
      throw wrong('Write a contact as "role=focal point,email=name@example.org,telephone=+00 0000".')
    }
    return { role, ...(email && { email }), ...(telephone && { telephone }) }
  },
  net(text: string): string {
    if (/^[a-z2-7]{52}$/.test(text)) return text
    throw wrong('The name of a network has 52 lower-case letters and digits, as "members" documents show it.')
  },
}

/** An announced address is what others dial; without one, a concrete address that the node listens on. */
export function reachableAddresses({ listen, announce }: Pick<InitPlan, 'listen' | 'announce'>): string[] {
  return announce.length > 0 ? announce : listen.filter(address => !isEverywhere(address))
}

export function isEverywhere(address: string): boolean {
  return /^\/(ip4\/0\.0\.0\.0|ip6\/::)\/|\/tcp\/0$/.test(address)
}

export function wrong(what: string): FocalpointError<'usage'> {
  return new FocalpointError('usage', what, { what })
}

import {
  advanceRegistry,
  type ErrorCode,
  isError,
  isExpired,
  openTrust,
  type Registry,
  type SignedDocument,
} from '#protocol'

/** What a node is offered at once, in the order in which it takes it. */
export interface Offer {
  roots?: readonly SignedDocument[]
  members?: SignedDocument
}

/** One case as data: what a node holds, what it is offered, and what must come of it. */
export interface RegistryCase {
  /** Of TUF's suite: its function, and in brackets its parameter; of section 4: the rule. */
  name: string
  from: 'TUF' | 'section 4'
  /** One sentence. */
  what: string
  /** The text of the `trust.json` with which it begins. */
  trust: string
  /** All but the last must be accepted. */
  offered: readonly Offer[]
  /** Of the last offer, or of the trust file where nothing is offered. */
  expected: 'accepted' | ErrorCode
  /** Versions in force at the end, root and members. */
  inForce?: readonly [number, number]
  /** Whether the registry in force in the end has expired, on a day in June 2026. */
  expired?: boolean
  /** Where TUF's suite expects the contrary: what we do instead, and why. */
  differs?: string
}

const judgedAt = Date.UTC(2026, 5, 1) / 1000

/** `accepted` or the code of the refusal; what went wrong before the last offer, or was in force in the end, is said. */
export async function outcomeOf({ trust, offered, inForce, expired }: RegistryCase): Promise<string> {
  let registry: Registry
  try {
    registry = await openTrust(trust)
  } catch (error) {
    return offered.length === 0 ? codeOf(error) : `trust: ${codeOf(error)}`
  }
  let code = 'accepted'
  for (const [at, offer] of offered.entries()) {
    try {
      registry = await advanceRegistry(registry, offer)
    } catch (error) {
      code = codeOf(error)
      if (at < offered.length - 1) return `offer ${at + 1}: ${code}`
    }
  }
  const [root, members] = inForce ?? [registry.root.version, registry.members.version]
  if (expired !== undefined && isExpired(registry, judgedAt) !== expired) {
    return `${code}, and ${expired ? 'not ' : ''}expired`
  }
  if (registry.root.version === root && registry.members.version === members) return code
  return `${code}, with root ${registry.root.version} and members ${registry.members.version} in force`
}

function codeOf(error: unknown): string {
  if (isError(error)) return error.code
  throw error
}

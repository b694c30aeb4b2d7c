import { canonical } from '../canonical.ts'
import { sha256 } from '../sha256.ts'
import { checkKeysApart } from './next-members.ts'
import { pointless } from './proposal.ts'
import type { Registry } from './registry.ts'
import { parseRoot, type Root } from './root.ts'
import type { Coordinator } from './signatures.ts'

interface Founding {
  coordinators: readonly Coordinator[]
  threshold: number
  /** YYYY-MM-DD. */
  expires: string
}

/** The text of a first root: its hash names the network. */
export function foundRoot({ coordinators, threshold, expires }: Founding): string {
  const root: Root = { version: 1, prevHash: null, coordinators: [...coordinators], threshold, expires }
  const text = canonical(root)
  parseRoot(text)
  return text
}

interface Rotation {
  add?: readonly Coordinator[] | undefined
  /** Ids; a coordinator in both is given another key. */
  remove?: readonly string[] | undefined
  threshold?: number | undefined
  expires?: string | undefined
}

/** The text of the root that would follow the newest. Throws `proposal-pointless`, `members-key-reused`. */
export function proposeRoot(
  registry: Registry,
  { add = [], remove = [], threshold, expires }: Rotation,
): string {
  const newest = registry.roots.at(-1)?.signed.document ?? ''
  const next = JSON.parse(newest) as Root
  const unknown = remove.find(id => !next.coordinators.some(each => each.id === id))
  if (unknown !== undefined) throw pointless(`${unknown} is no coordinator`)
  const listed = add.find(({ id }) => !remove.includes(id) && next.coordinators.some(each => each.id === id))
  if (listed) throw pointless(`${listed.id} is a coordinator: to give it another key, remove and add it`)
  const coordinators = [...next.coordinators.filter(({ id }) => !remove.includes(id)), ...add]
  const terms = { threshold: threshold ?? next.threshold, expires: expires ?? next.expires }
  const before = canonical(next)
  Object.assign(next, { coordinators, ...terms })
  if (canonical(next) === before) throw pointless('the root is like this already')
  Object.assign(next, { version: next.version + 1, prevHash: sha256(newest) })
  const text = canonical(next)
  checkKeysApart({ roots: [{ root: parseRoot(text) }], members: registry.members })
  return text
}

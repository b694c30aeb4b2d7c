import {
  advanceRegistry,
  type Members,
  openTrust,
  parseRoot,
  type Registry,
  type Root,
  sha256,
  thumbprint,
} from '#protocol'
import {
  type AlliancePlan,
  type CoordinatorKeys,
  demonstrationKey,
  keysOfCoordinator,
  keysOfMember,
  makeAlliance,
  publicOf,
  signByAll,
} from '../alliance.ts'

/** Every key of the vectors follows from this word: see `demonstrationKey`. */
export const seed = 'vectors'

export const plan: AlliancePlan = {
  seed,
  members: [
    { id: 'QM', names: { en: 'Quillmark' }, channels: ['torture', 'capital'] },
    { id: 'QN', names: { en: 'Norvane' }, channels: ['torture', 'capital'] },
    { id: 'XE', names: { en: 'Elandor' }, channels: ['torture'] },
  ],
  coordinators: ['coordinator-1', 'coordinator-2', 'coordinator-3'],
  threshold: 2,
  issued: '2026-01-01',
  expires: '2036-01-01',
}

/** The alliance as founded: root 1, members 1. */
export const registry: Registry = await openTrust((await makeAlliance(plan)).trust)
export const net = registry.net

export const keys = {
  QM: keysOfMember(seed, 'QM'),
  QN: keysOfMember(seed, 'QN'),
  XE: keysOfMember(seed, 'XE'),
}
/** QM's signing key after the first. */
export const secondKey = demonstrationKey(seed, 'QM', 'second signing')
/** In no registry. */
export const strangersKey = demonstrationKey(seed, 'stranger', 'signing')

export function coordinators(...numbers: number[]): CoordinatorKeys[] {
  return numbers.map(number => keysOfCoordinator(seed, `coordinator-${number}`))
}

export function listed({ coordinator, key }: CoordinatorKeys): Root['coordinators'][number] {
  return { id: coordinator, kid: thumbprint(key), jwk: publicOf(key) }
}

/** A signing key as the registry lists it. */
export function signingKey(
  key: Parameters<typeof publicOf>[0],
  from: Record<string, number>,
): Members['members'][number]['signing'][number] {
  return { kid: thumbprint(key), jwk: publicOf(key), from }
}

/** The members document after the one of a registry, changed. */
export function membersAfter(of: Registry, change: (members: Members) => void = () => {}): Members {
  const members: Members = JSON.parse(of.signedMembers.document)
  members.version += 1
  members.prevHash = of.membersHash
  change(members)
  return members
}

/** The root after the newest of a registry, changed. */
export function rootAfter(of: Registry, change: (root: Root) => void = () => {}): Root {
  const newest = of.roots.at(-1)?.signed.document ?? ''
  const root = parseRoot(newest)
  root.version += 1
  root.prevHash = sha256(newest)
  change(root)
  return root
}

export function memberOf(members: Members, id: string): Members['members'][number] {
  const member = members.members.find(each => each.id === id)
  if (member === undefined) throw new TypeError(`There is no member ${id}.`)
  return member
}

export function firstKeyOf(members: Members, id: string): Members['members'][number]['signing'][number] {
  const [key] = memberOf(members, id).signing
  if (key === undefined) throw new TypeError(`${id} has no signing key.`)
  return key
}

export function signMembers(value: Members, by: readonly CoordinatorKeys[] = coordinators(1, 2)) {
  return signByAll({ value, typ: 'members+jws', signers: by })
}

export function signRoot(value: Root, by: readonly CoordinatorKeys[] = coordinators(1, 2)) {
  return signByAll({ value, typ: 'root+jws', signers: by })
}

/** QM's first key ends at this place of `torture`, unused in `capital`; its second speaks from the next. */
export async function withSecondKey(end: { seq: number; id: string }): Promise<Registry> {
  const members = membersAfter(registry, next => {
    const first = firstKeyOf(next, 'QM')
    first.end = { torture: end, capital: { seq: 0, id: null } }
    first.reason = 'Replaced in time.'
    memberOf(next, 'QM').signing.push(signingKey(secondKey, { torture: end.seq + 1, capital: 1 }))
  })
  return advanceRegistry(registry, { members: await signMembers(members) })
}

/** Root 2, in which coordinator 4 has come for coordinator 3. */
export const root2 = await signRoot(
  rootAfter(registry, root => {
    root.coordinators = coordinators(1, 2, 4).map(listed)
  }),
  coordinators(1, 2),
)

import {
  type Coordinator,
  type Members,
  openTrust,
  parseRoot,
  type Registry,
  type Root,
  type SignedDocument,
  thumbprint,
} from '../../../protocol/registry/index.ts'
import { sha256 } from '../../../protocol/sha256.ts'
import {
  type Alliance,
  type AlliancePlan,
  type CoordinatorKeys,
  keysOfCoordinator,
  makeAlliance,
  publicOf,
  signByAll,
} from '../../../scripts/alliance.ts'

const coordinatorIds = ['coordinator-1', 'coordinator-2', 'coordinator-3', 'coordinator-4', 'coordinator-5']

/** Two members, five coordinators, three of them needed. */
const plan: AlliancePlan = {
  seed: 'test',
  members: [
    { id: 'QM', names: { en: 'Quillmark' }, channels: ['torture', 'capital'] },
    { id: 'XE', names: { en: 'Elandor' }, channels: ['torture'] },
  ],
  coordinators: coordinatorIds,
  threshold: 3,
  issued: '2026-01-01',
  expires: '2036-01-01',
}

export interface Founded extends Alliance {
  registry: Registry
}

export async function found(changed: Partial<AlliancePlan> = {}): Promise<Founded> {
  const alliance = await makeAlliance({ ...plan, ...changed })
  return { ...alliance, registry: await openTrust(alliance.trust) }
}

/** The key files of coordinators, by their numbers from 1. */
export function coordinators(...numbers: number[]): CoordinatorKeys[] {
  return numbers.map(number => keysOfCoordinator(plan.seed, `coordinator-${number}`))
}

export function listed({ coordinator, key }: CoordinatorKeys): Coordinator {
  return { id: coordinator, kid: thumbprint(key), jwk: publicOf(key) }
}

/** A copy of the members document in force as its successor, changed as a test likes. */
export function successor(registry: Registry, change: (members: Members) => void = () => {}): Members {
  const members = structuredClone(registry.members)
  members.version += 1
  members.prevHash = registry.membersHash
  change(members)
  return members
}

/** Changed and signed by the first three coordinators. */
export function signedSuccessor(
  registry: Registry,
  change?: (members: Members) => void,
  signers: readonly CoordinatorKeys[] = coordinators(1, 2, 3),
): Promise<SignedDocument> {
  return signByAll({ value: successor(registry, change), typ: 'members+jws', signers })
}

/** The root after the one in force, changed as a test likes. */
export function rootAfter(registry: Registry, change: (root: Root) => void = () => {}): Root {
  const newest = registry.roots.at(-1)?.signed.document ?? ''
  const root = parseRoot(newest)
  root.version += 1
  root.prevHash = sha256(newest)
  change(root)
  return root
}

export function signRoot(value: Root, signers: readonly CoordinatorKeys[]): Promise<SignedDocument> {
  return signByAll({ value, typ: 'root+jws', signers })
}

/** Element `at`, which must be there. */
export function get<Value>(values: readonly Value[], at: number): Value {
  const value = values[at]
  if (value === undefined) throw new Error(`There is no element ${at}.`)
  return value
}

/** Ends every open key of a member at the place before the first notice. */
export function endKeys(member: Members['members'][number]): void {
  for (const key of member.signing) {
    key.end ??= Object.fromEntries(Object.keys(key.from).map(channel => [channel, { seq: 0, id: null }]))
  }
}

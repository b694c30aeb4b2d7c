import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { FocalpointError, findMember, openTrust, type Registry } from '#protocol'
import { exampleFolder, type Keys, readKeyFile } from '../../keys.ts'

export interface DemonstrationMember {
  id: string
  name: string
  channels: string[]
  keys: Keys
}

/** The members of a demonstration, in the order of its nodes. */
export interface DemonstrationAlliance {
  /** The text of its trust.json. */
  trust: string
  members: DemonstrationMember[]
}

/** Those whose stories are told, and of whom there are key files. */
const exampleMembers = ['QM', 'QN', 'XD', 'XE', 'XF', 'XH']
export const exampleCount = exampleMembers.length

/** Up to six members are those of keys-example; with more it is another Alliance, made here, with a net of its own. */
export async function openAlliance({
  nodes,
  seed,
}: {
  nodes: number
  seed: number
}): Promise<DemonstrationAlliance> {
  return nodes <= exampleCount ? readExample(nodes) : makeLarger(nodes, seed)
}

async function readExample(nodes: number): Promise<DemonstrationAlliance> {
  const path = join(exampleFolder, 'trust.json')
  const trust = await readFile(path, 'utf8').catch((cause: unknown) => {
    const what = 'it comes with the sources'
    throw new FocalpointError('file-unreadable', `${path} is missing: ${what}.`, { path, what }, { cause })
  })
  const keys = await Promise.all(
    exampleMembers
      .slice(0, nodes)
      .map(id => readKeyFile(join(exampleFolder, `${id}.json`), { demonstration: 'allowed' })),
  )
  return { trust, members: membersWith(await openTrust(trust), keys) }
}

async function makeLarger(nodes: number, seed: number): Promise<DemonstrationAlliance> {
  const [{ makeAlliance }, { demonstrationMembers, demonstrationPlan }] = await Promise.all([
    import('../../../scripts/alliance.ts'),
    import('../../../scripts/example-alliance.ts'),
  ])
  const more = Array.from({ length: nodes - demonstrationMembers.length }, (_, at) => {
    const number = String(demonstrationMembers.length + at + 1).padStart(2, '0')
    return { id: `DEMO${number}`, names: { en: `Demonstration ${number}` }, channels: ['torture'] }
  })
  const members = [...demonstrationMembers, ...more]
  // The seed of keys-example is a number: a text is never the same.
  const { trust, memberKeys } = await makeAlliance({
    ...demonstrationPlan,
    seed: `${nodes} nodes, ${seed}`,
    members,
  })
  return { trust, members: membersWith(await openTrust(trust), memberKeys) }
}

function membersWith(registry: Registry, keys: readonly Keys[]): DemonstrationMember[] {
  return keys.map(({ member: id, node, signing, recovery }) => {
    const member = findMember(registry, id)
    return {
      id,
      name: member?.names.en ?? id,
      channels: member?.channels ?? [],
      keys: { member: id, node, signing, recovery },
    }
  })
}

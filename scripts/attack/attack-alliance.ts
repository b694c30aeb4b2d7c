import { openTrust, type Registry } from '#protocol'
import { type Alliance, type MemberKeys, makeAlliance } from '../alliance.ts'
import { demonstrationPlan, membersUpTo } from '../example-alliance.ts'

/** Which alliance is attacked: every process makes the same from these. */
export interface AlliancePlace {
  /** How many members it has. */
  members: number
  seed: number
}

export interface AttackedAlliance extends Alliance {
  registry: Registry
  keysOf: (member: string) => MemberKeys
  /** In the order of the registry. */
  ids: readonly string[]
}

export async function attackedAlliance({ members, seed }: AlliancePlace): Promise<AttackedAlliance> {
  const all = membersUpTo(members)
  const alliance = await makeAlliance({ ...demonstrationPlan, seed: `attack ${seed}`, members: all })
  return {
    ...alliance,
    registry: await openTrust(alliance.trust),
    ids: all.map(({ id }) => id),
    keysOf: member => {
      const keys = alliance.memberKeys.find(each => each.member === member)
      if (keys === undefined) throw new TypeError(`There is no member ${member}.`)
      return keys
    },
  }
}

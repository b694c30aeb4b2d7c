import { expect, test } from 'vitest'
import { isIssuingOver, issuingStopsAt, silencedReason } from '../../node/silenced.ts'
import { found, get } from '../protocol/registry/builders.ts'

const { registry } = await found()
const stopsAt = issuingStopsAt(registry)

test('an active member may sign until the registry has expired longer ago than the grace', () => {
  const at = (now: number) => silencedReason({ registry, member: 'QM', now })
  expect([at(stopsAt - 1), at(stopsAt)]).toEqual([undefined, undefined])
  expect(isIssuingOver(registry, stopsAt)).toBe(false)
  expect(at(stopsAt + 1)).toContain('expired')
})

test.each(['suspended', 'left'] as const)('a member that is %s signs nothing, and is told why', status => {
  const changed = structuredClone(registry)
  get(changed.members.members, 0).status = status
  const { id } = get(changed.members.members, 0)
  const reason = silencedReason({ registry: changed, member: id, now: stopsAt - 1 })
  expect(reason).toContain(`${id} `)
  expect(reason).toContain(`members document ${registry.members.version}`)
})

import { expect, test } from 'vitest'
import { safetyNumber, signJoinRequest } from '#protocol'
import { assessRequest } from '../../../../node/web/members/assess-request.ts'
import { keysOfMember } from '../../../../scripts/alliance.ts'
import { found } from '../../../protocol/registry/builders.ts'
import { codeOfRejected } from '../../../protocol/registry/codes.ts'
import {
  joinRequest,
  otherKey,
  registered,
  requestOf,
  signedBy,
} from '../../../protocol/registry/requests.ts'

const today = '2026-11-26'

test('a newcomer: its safety number, what changes, and how many coordinators are needed', async () => {
  const { registry } = await found()
  const signed = await signedBy(await joinRequest(registry), ['node', 'signing'])
  const assessed = await assessRequest(signed, { registry, today })
  expect(assessed.safetyNumber).toBe(safetyNumber(signed.document))
  expect(assessed.changes?.some(({ about }) => about === 'XK')).toBe(true)
  expect(assessed.commands).toMatchObject({
    approve: 'focalpoint members approve join-request.json --key coordinator-1.json',
    others: 2,
    publish: 'focalpoint members publish members-2.json',
  })
})

test('a new key of a member begins at a place that only a node can tell', async () => {
  const { registry } = await found()
  const next = otherKey('QM')
  const request = requestOf(registry, 'QM', { purpose: 'key', signing: registered(next) })
  const signed = await signJoinRequest({ request, keys: [next, keysOfMember('test', 'QM').signing] })
  const assessed = await assessRequest(signed, { registry, today })
  expect(assessed.changes).toBeUndefined()
  expect(assessed.commands.approve).toContain('--from from-node')
})

test('a request that lacks a signature of its keys is refused', async () => {
  const { registry } = await found()
  const signed = await signedBy(await joinRequest(registry), ['node'])
  expect(await codeOfRejected(assessRequest(signed, { registry, today }))).toBe('join-request-not-proven')
})

import { expect, test } from 'vitest'
import { assessDocument } from '../../../../node/web/members/assess-document.ts'
import {
  coordinators,
  found,
  rootAfter,
  signedSuccessor,
  signRoot,
} from '../../../protocol/registry/builders.ts'
import { codeOfRejected } from '../../../protocol/registry/codes.ts'

test('a members document: who signed, who must still, and what it changes', async () => {
  const { registry } = await found()
  const change = (members: { expires: string }) => {
    members.expires = '2035-01-01'
  }
  const signed = await signedSuccessor(registry, change, coordinators(1, 2))
  const assessed = await assessDocument({ kind: 'members', signed }, registry)
  expect(assessed).toMatchObject({ version: 2, signers: ['coordinator-1', 'coordinator-2'] })
  expect(assessed.missing).toMatchObject([{ count: 1 }])
  expect(assessed.changes.map(({ kind }) => kind)).toContain('expires')
})

test('a root that enough have signed may be put in force', async () => {
  const { registry } = await found()
  const signed = await signRoot(
    rootAfter(registry, root => {
      root.expires = '2037-01-01'
    }),
    coordinators(1, 2, 3),
  )
  const assessed = await assessDocument({ kind: 'root', signed }, registry)
  expect(assessed).toMatchObject({ kind: 'root', version: 2, missing: [] })
})

test('what is in force already is refused', async () => {
  const { registry } = await found()
  const attempt = assessDocument({ kind: 'members', signed: registry.signedMembers }, registry)
  expect(await codeOfRejected(attempt)).toBe('proposal-pointless')
})

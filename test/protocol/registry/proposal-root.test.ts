import { describe, expect, it } from 'vitest'
import {
  advanceRegistry,
  foundRoot,
  netOf,
  parseRoot,
  proposeRoot,
} from '../../../protocol/registry/index.ts'
import { signDocument } from '../../../protocol/registry/signatures.ts'
import { keysOfMember } from '../../../scripts/alliance.ts'
import { coordinators, found, get, listed } from './builders.ts'
import { codeOfThrown } from './codes.ts'
import { registered } from './requests.ts'

const { registry } = await found()
const [sixth] = coordinators(6).map(listed)
const add = sixth ? [sixth] : []

function refusalOf(rotation: Parameters<typeof proposeRoot>[1]): string {
  return codeOfThrown(() => proposeRoot(registry, rotation))
}

describe('the next root', () => {
  it('has other coordinators, and is taken once both thresholds signed', async () => {
    const document = proposeRoot(registry, { add, remove: ['coordinator-5'] })
    const ids = parseRoot(document).coordinators.map(({ id }) => id)
    expect(ids).toEqual(['coordinator-1', 'coordinator-2', 'coordinator-3', 'coordinator-4', 'coordinator-6'])
    const signatures = await Promise.all(
      coordinators(1, 2, 3).map(({ key }) => signDocument({ document, typ: 'root+jws', key })),
    )
    const after = await advanceRegistry(registry, { roots: [{ document, signatures }] })
    expect(after.root.version).toBe(2)
  })

  it('has another threshold or date, and all else as before', () => {
    const root = parseRoot(proposeRoot(registry, { threshold: 4, expires: '2040-01-01' }))
    expect(root).toMatchObject({ version: 2, threshold: 4, expires: '2040-01-01' })
    expect(root.coordinators).toEqual(registry.root.coordinators)
  })

  it('gives a coordinator another key', () => {
    const again = { ...get(add, 0), id: 'coordinator-1' }
    const root = parseRoot(proposeRoot(registry, { add: [again], remove: ['coordinator-1'] }))
    expect(root.coordinators.filter(({ id }) => id === 'coordinator-1')).toEqual([again])
    expect(refusalOf({ add: [again] })).toBe('proposal-pointless')
  })

  it('is refused where it changes nothing, or could not be signed', () => {
    expect(refusalOf({})).toBe('proposal-pointless')
    expect(refusalOf({ threshold: 3 })).toBe('proposal-pointless')
    expect(refusalOf({ remove: ['coordinator-9'] })).toBe('proposal-pointless')
    expect(refusalOf({ threshold: 6 })).toBe('document-malformed')
    expect(refusalOf({ remove: ['coordinator-1', 'coordinator-2', 'coordinator-3'] })).toBe(
      'document-malformed',
    )
    const member = { id: 'coordinator-6', ...registered(keysOfMember('test', 'QM').signing) }
    expect(refusalOf({ add: [member] })).toBe('members-key-reused')
  })
})

describe('the first root', () => {
  it('names the network', () => {
    const text = foundRoot({ coordinators: registry.root.coordinators, threshold: 3, expires: '2036-01-01' })
    expect(netOf(text)).toBe(registry.net)
  })

  it('has as many coordinators as must sign', () => {
    const founding = { coordinators: add, threshold: 2, expires: '2036-01-01' }
    expect(codeOfThrown(() => foundRoot(founding))).toBe('document-malformed')
  })
})

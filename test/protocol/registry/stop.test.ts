import { describe, expect, it } from 'vitest'
import {
  type PrivateJwk,
  type Stop,
  signStop,
  thumbprint,
  verifyStop,
} from '../../../protocol/registry/index.ts'
import { keysOfMember, signByAll } from '../../../scripts/alliance.ts'
import { coordinators, found, successor } from './builders.ts'

const { registry } = await found()
const keys = keysOfMember('test', 'QM')
const others = keysOfMember('test', 'XE')

const stop: Stop = {
  net: registry.net,
  member: 'QM',
  kid: thumbprint(keys.signing),
  channel: 'torture',
  head: { seq: 3, id: 'B'.repeat(43) },
  reason: 'The signing machine was stolen.',
  iat: 1_780_000_000,
}

async function refusalOf(changed: Record<string, unknown>, key: PrivateJwk = keys.recovery) {
  const signed = await signStop({ stop: { ...stop, ...changed }, key })
  return verifyStop(registry, signed).then(
    () => 'accepted',
    error => error.code ?? String(error),
  )
}

describe('a stop', () => {
  it('is signed by the key itself or by a recovery key of its member', async () => {
    const bySigning = await verifyStop(registry, await signStop({ stop, key: keys.signing }))
    const byRecovery = await verifyStop(registry, await signStop({ stop, key: keys.recovery }))
    expect(bySigning).toEqual({ stop, by: 'signing' })
    expect(byRecovery).toEqual({ stop, by: 'recovery' })
  })

  it.each([
    ["another member's signing key", others.signing],
    ["another member's recovery key", others.recovery],
  ])('is refused from %s', async (_, key) => {
    expect(await refusalOf({}, key)).toBe('key-of-another')
  })

  it('is refused from a key in no registry, a node key too', async () => {
    expect(await refusalOf({}, keysOfMember('test', 'QN').recovery)).toBe('key-unknown')
    expect(await refusalOf({}, keys.node)).toBe('key-unknown')
  })

  it.each([
    ['net-differs', { net: 'a'.repeat(52) }],
    ['key-of-another', { member: 'XE' }],
    ['key-unknown', { kid: 'A'.repeat(43) }],
    ['no-authority', { channel: 'other' }],
    ['stop-invalid', { head: { seq: 3, id: null } }],
    ['stop-invalid', { reason: '' }],
    ['stop-invalid', { iat: -1 }],
    ['stop-invalid', { more: 1 }],
    ['stop-invalid', { reason: 'x'.repeat(5000) }],
  ])('is refused as %s', async (code, changed) => {
    expect(await refusalOf(changed)).toBe(code)
  })

  it('is refused when changed after signing', async () => {
    const { document, signatures } = await signStop({ stop, key: keys.recovery })
    const changed = { document: document.replace('stolen', 'stolem'), signatures }
    await expect(verifyStop(registry, changed)).rejects.toMatchObject({ code: 'signature-invalid' })
  })

  it('has one signature, made for a stop', async () => {
    const one = await signStop({ stop, key: keys.signing })
    const two = { ...one, signatures: [...one.signatures, ...one.signatures] }
    for (const wrong of [two, { ...one, signatures: [] }, null, 'stop', { ...one, more: 1 }]) {
      await expect(verifyStop(registry, wrong)).rejects.toMatchObject({ code: 'stop-invalid' })
    }
    const { signatures } = await signByAll({
      value: successor(registry),
      typ: 'members+jws',
      signers: coordinators(1),
    })
    await expect(verifyStop(registry, { ...one, signatures })).rejects.toMatchObject({
      code: 'header-not-exact',
    })
  })
})

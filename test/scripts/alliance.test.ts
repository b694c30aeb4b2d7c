import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { membersIn, openTrust, thumbprint } from '../../protocol/registry/index.ts'
import { demonstrationKey, makeAlliance, peerIdOf } from '../../scripts/alliance.ts'
import { demonstrationPlan, exampleFiles, membersUpTo } from '../../scripts/example-alliance.ts'

const folder = join(import.meta.dirname, '..', '..', 'keys-example')

describe('keys-example', () => {
  it('is what the generator makes, and holds nothing else', async () => {
    const made = await exampleFiles(1)
    expect((await readdir(folder)).sort()).toEqual([...made.keys()].sort())
    for (const [name, text] of made) expect(await readFile(join(folder, name), 'utf8'), name).toBe(text)
  })

  it('opens, with a key file for the node and signing key of every member', async () => {
    const registry = await openTrust(await readFile(join(folder, 'trust.json'), 'utf8'))
    expect(membersIn(registry, 'torture').map(({ id }) => id)).toEqual(['QM', 'QN', 'XD', 'XE', 'XF', 'XH'])
    expect(membersIn(registry, 'capital').map(({ id }) => id)).toEqual(['QM', 'QN', 'XD', 'XF'])
    for (const member of registry.members.members) {
      const keys = JSON.parse(await readFile(join(folder, `${member.id}.json`), 'utf8'))
      expect(keys).toMatchObject({ format: 'focalpoint-keys/1', demonstration: true, member: member.id })
      expect(member.signing.map(({ kid }) => kid)).toEqual([thumbprint(keys.signing)])
      expect(member.recovery.map(({ kid }) => kid)).toEqual([thumbprint(keys.recovery)])
      expect(member.nodes.map(({ peerId }) => peerId)).toEqual([await peerIdOf(keys.node)])
    }
  })
})

describe('a made alliance', () => {
  it('has another net and other keys with another seed', async () => {
    const one = await makeAlliance(demonstrationPlan)
    const two = await makeAlliance({ ...demonstrationPlan, seed: 2 })
    expect((await openTrust(one.trust)).net).not.toBe((await openTrust(two.trust)).net)
    const secrets = [one, two].flatMap(({ memberKeys, coordinatorKeys }) => [
      ...memberKeys.flatMap(({ node, signing, recovery }) => [node.d, signing.d, recovery.d]),
      ...coordinatorKeys.map(({ key }) => key.d),
    ])
    expect(new Set(secrets).size).toBe(2 * (6 * 3 + 3))
  })

  it('has room for 62 members', async () => {
    const { trust, memberKeys } = await makeAlliance({
      ...demonstrationPlan,
      seed: '62 nodes',
      members: membersUpTo(62),
    })
    const ids = (await openTrust(trust)).members.members.map(({ id }) => id)
    expect(memberKeys).toHaveLength(62)
    expect([ids[5], ids[6], ids[61]]).toEqual(['XH', 'DEMO07', 'DEMO62'])
    expect(membersUpTo(2).map(({ id }) => id)).toEqual(['QM', 'QN'])
  })

  it('derives each key from SHA-256 of its sentence', () => {
    const secret = createHash('sha256').update('focalpoint demonstration 1 QM signing').digest('base64url')
    expect(demonstrationKey(1, 'QM', 'signing').d).toBe(secret)
  })
})

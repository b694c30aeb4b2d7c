import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type JoinRequest, type PrivateJwk, thumbprint, verifyJoinRequest } from '#protocol'
import { demonstrationKey } from '../../../../scripts/alliance.ts'
import { approveWords, type Desk, openDesk, requestWords, writeNewcomer, writeSecret } from './desk.ts'

interface Made {
  file: string
  safetyNumber: string
}

interface KeyFile {
  member: string
  node: PrivateJwk
  signing: PrivateJwk
  recovery: PrivateJwk
}

let desk: Desk
let keys: KeyFile
const next = demonstrationKey('a desk', 'QM', 'next signing')

beforeAll(async () => {
  desk = await openDesk()
  keys = JSON.parse(await readFile(join(desk.path, 'QM.json'), 'utf8'))
  await writeSecret(join(desk.path, 'rotating.json'), { ...keys, next })
  const recovery = {
    format: 'focalpoint-recovery-key/1',
    unencrypted: true,
    member: 'QM',
    key: keys.recovery,
  }
  await writeSecret(join(desk.path, 'recovery.json'), recovery)
})
afterAll(() => desk[Symbol.asyncDispose]())

async function verified(file: string): Promise<{ request: JoinRequest; by: string }> {
  const signed: unknown = JSON.parse(await readFile(join(desk.path, file), 'utf8'))
  return verifyJoinRequest(signed, desk.registry)
}

function request(purpose: string, keyFile: string, ...more: string[]): string[] {
  return ['members', 'request', '--purpose', purpose, '--key-file', keyFile, ...more]
}

describe('a request', () => {
  test('to join says all that a coordinator asks', async () => {
    await writeNewcomer(desk, 'XK')
    await desk.json<Made>(...requestWords('XK'))
    expect(await verified('join-request.json')).toMatchObject({
      by: 'the new keys',
      request: {
        member: 'XK',
        names: { en: 'Kestrelia' },
        kind: 'state',
        channels: ['torture'],
        nodes: [{ addrs: ['/ip4/127.0.0.1/tcp/9007'] }],
        contacts: [{ role: 'focal point', email: 'focal-point@xk.example.org' }],
      },
    })
    expect(await desk.refusal(...requestWords('XK'))).toBe('already-there 4')
  })

  test('of a member says what the registry says, but for what is given', async () => {
    const address = '/dns4/node.qm.example.org/tcp/7600'
    await desk.json<Made>(...request('channels', 'QM.json', '--addr', address))
    const { by, request: made } = await verified('channels-request.json')
    const [listed] = desk.registry.members.members
    expect(by).toBe('signing')
    expect(made.nodes.map(({ addrs }) => addrs)).toEqual([[address]])
    for (const field of ['names', 'kind', 'channels', 'contacts'] as const) {
      expect(made[field]).toEqual(listed?.[field])
    }
  })

  test('for a new key is vouched for by the key in force, or by the recovery key', async () => {
    await desk.json<Made>(...request('key', 'rotating.json', '--out', 'by-signing.json'))
    const recovery = ['--recovery-key', 'recovery.json']
    await desk.json<Made>(...request('key', 'rotating.json', '--out', 'by-recovery.json', ...recovery))
    expect(await verified('by-signing.json')).toMatchObject({ by: 'signing' })
    const byRecovery = await verified('by-recovery.json')
    expect([byRecovery.by, byRecovery.request.signing.kid]).toEqual(['recovery', thumbprint(next)])
  })

  test('is refused where the keys or the words do not fit', async () => {
    expect(await desk.refusal(...request('key', 'QM.json'))).toBe('usage 2')
    expect(await desk.refusal(...request('rule', 'QM.json'))).toBe('usage 2')
    expect(await desk.refusal(...request('channels', 'XK.json', '--name', 'K'))).toBe(
      'keys-not-in-registry 4',
    )
    expect(await desk.refusal(...request('join', 'XK.json'))).toBe('usage 2')
    expect(await desk.refusal(...request('join', 'QM.json'))).toBe('member-active 4')
    expect(await desk.refusal(...request('join', 'missing.json'))).toBe('key-file-missing 3')
  })
})

describe('a request for a new key', () => {
  test('is granted from the place on that is told, and ends the old key where that is told, too', async () => {
    const { safetyNumber } = await desk.json<Made>(...request('key', 'rotating.json'))
    const approve = approveWords('key-request.json', 'coordinator-1', safetyNumber)
    expect(await desk.refusal(...approve)).toBe('places-missing 2')
    const review = await desk.json<{ notes: string[] }>('members', 'review', 'key-request.json')
    expect(review.notes).toHaveLength(2)
    const from = ['--from', 'torture=42', '--from', 'capital=8']
    const id = 'B'.repeat(43)
    const end = ['--end', `torture=41:${id}`, '--end', `capital=7:${id}`]
    const kinds = async (...words: string[]) =>
      (await desk.json<{ changes: { kind: string }[] }>(...approve, ...words)).changes.map(({ kind }) => kind)
    expect(await kinds(...from)).toEqual(['issued', 'key-added'])
    const again = ['--again', '--out', 'ended.json']
    expect(await desk.refusal(...approve, ...from, ...end, '--out', 'refused.json')).toBe('signed-another 4')
    expect(await kinds(...from, ...end, ...again)).toEqual(['issued', 'key-ended', 'key-added'])
    expect(await desk.refusal(...approve, '--from', 'torture')).toBe('usage 2')
  })
})

describe('a member that was suspended', () => {
  test('is active again with a new key, never with the old one', async () => {
    await using other = await openDesk()
    const approved = async (file: string, number: string, ...words: string[]) => {
      const first = await other.json<Made>(...approveWords(file, 'coordinator-1', number), ...words)
      await other.json(...approveWords(first.file, 'coordinator-2', first.safetyNumber))
      await other.json('members', 'import', first.file)
    }
    const ends = ['--end', 'torture=0', '--end', 'capital=0', '--reason', 'Exercise']
    const suspended = await other.json<Made>('members', 'suspend', 'QM', ...ends)
    await approved(suspended.file, suspended.safetyNumber)
    const ask = (keyFile: string) => other.run(...request('join', keyFile), '--json')
    const old = await ask('QM.json')
    expect([old.code, old.stderr]).toEqual([6, expect.stringContaining('come back with a new signing key')])

    const rotate = ['keys', 'rotate', '--member', 'QM', '--key-file', 'QM.json', '--trust-file', 'trust.json']
    const made = await other.json<Made>(...rotate, '--out', 'back.json')
    const review = await other.json<{ title: string }>('members', 'review', 'back.json')
    expect(review.title).toContain('asks to become a participant')
    expect(JSON.parse((await ask('QM.json')).stdout)).toMatchObject({ purpose: 'join', member: 'QM' })
    const from = ['--from', 'torture=1', '--from', 'capital=1']
    await approved('back.json', made.safetyNumber, ...from)
    const [back] = await other.json<{ id: string; status: string; signing: { end?: object }[] }[]>(
      ...['members', 'list', '--trust', 'trust.json'],
    )
    expect([back?.id, back?.status, back?.signing.map(({ end }) => end === undefined)]).toEqual([
      'QM',
      'active',
      [false, true],
    ])
  })
})

import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTrust, trustFingerprint } from '#protocol'
import { approveWords, openEmptyDesk, requestWords, writeNewcomer } from './desk.ts'

interface Assessed {
  file: string
  safetyNumber: string
  complete: boolean
  changes: { danger: boolean }[]
}

let desk: Awaited<ReturnType<typeof openEmptyDesk>>

beforeAll(async () => {
  desk = await openEmptyDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

const coordinators = ['justice-xk', 'justice-xl']

describe('a network is founded', () => {
  test('by two coordinators and two members, from their keys to one trust file', async () => {
    for (const name of coordinators) await desk.json('members', 'coordinator-key', name, '--unencrypted')
    expect((await stat(join(desk.path, 'justice-xk.json'))).mode & 0o777).toBe(0o600)
    for (const member of ['XK', 'XL']) {
      await writeNewcomer(desk, member)
      await desk.json(...requestWords(member), '--found', '--out', `${member}-request.json`)
    }
    const founding = [
      ...coordinators.flatMap(name => ['--coordinator', `${name}.pub.json`]),
      ...['--request', 'XK-request.json', '--request', 'XL-request.json'],
      ...['--threshold', '2', '--expires', '2030-01-01'],
    ]
    const { net, files } = await desk.json<{ net: string; files: Assessed[] }>(
      'members',
      'found',
      ...founding,
    )
    expect(files.map(({ file }) => file)).toEqual(['root-1.json', 'members-1.json'])
    expect(files.flatMap(({ changes }) => changes).filter(({ danger }) => danger)).toEqual([])
    const [root, members] = files.map(({ safetyNumber }) => safetyNumber.slice(0, 5))
    for (const name of coordinators) {
      await desk.json(...approveWords('root-1.json', name, root ?? ''))
      await desk.json(...approveWords('members-1.json', name, members ?? ''), '--founding', 'root-1.json')
    }
    expect(
      (await desk.json<Assessed>('members', 'review', 'members-1.json', '--founding', 'root-1.json'))
        .complete,
    ).toBe(true)
    const imported = await desk.json<{ fingerprint: string }>(
      ...['members', 'import', '--new', 'members-1.json', 'root-1.json'],
    )
    const registry = await openTrust(await readFile(join(desk.path, 'trust.json'), 'utf8'))
    expect(registry.net).toBe(net)
    expect(trustFingerprint(registry)).toBe(imported.fingerprint)
    expect(registry.members.members.map(({ id }) => id)).toEqual(['XK', 'XL'])
    expect(registry.seeds).toHaveLength(2)
  })

  test('without its root or against a trust file that is there, nothing is imported', async () => {
    expect(await desk.refusal('members', 'import', '--new', 'root-1.json', 'members-1.json')).toBe(
      'already-there 4',
    )
    expect(await desk.refusal('members', 'import', '--new', 'members-1.json', '--trust', 'other.json')).toBe(
      'usage 2',
    )
    expect(await desk.refusal('members', 'review', 'members-1.json')).toBe('proposal-pointless 4')
  })

  test('a newer trust file brings all that is in it', async () => {
    const answer = await desk.json('members', 'import', 'trust.json', '--new', '--trust', 'copy.json')
    expect(answer).toMatchObject({ trust: 'copy.json', root: 1, members: 1 })
    expect(await desk.json('members', 'import', 'trust.json', '--trust', 'copy.json')).toMatchObject({
      members: 1,
    })
  })
})

describe('a coordinator', () => {
  test('has a key that is sealed, and no second one in its place', async () => {
    const words = 'five or six words that last'
    expect(await desk.refusalWith(words, 'members', 'coordinator-key', 'sealed')).toBe('done')
    const key = JSON.parse(await readFile(join(desk.path, 'sealed.json'), 'utf8'))
    expect(Object.keys(key).sort()).toEqual(['coordinator', 'format', 'jwe', 'kid'])
    const approve = ['members', 'approve', 'root-1.json', '--key', 'sealed.json', '--safety-number']
    const { safetyNumber } = await desk.json<Assessed>('members', 'review', 'root-1.json')
    expect(await desk.refusalWith('other words than those', ...approve, safetyNumber)).toBe(
      'passphrase-wrong 4',
    )
    expect(await desk.refusalWith(words, ...approve, safetyNumber)).toBe('signature-of-unknown-coordinator 6')
    expect(await desk.refusal('members', 'coordinator-key', 'sealed', '--unencrypted')).toBe(
      'already-there 4',
    )
    expect(await desk.refusal('members', 'coordinator-key', 'Not a name', '--unencrypted')).toBe('usage 2')
    expect(await desk.refusal('members', 'coordinator-key', 'other')).toBe('passphrase-missing 2')
  })
})

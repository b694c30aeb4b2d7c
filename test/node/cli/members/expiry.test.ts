import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asDay, checkExpiry, checkExpiryOfNewest } from '../../../../node/cli/members/expiry.ts'
import { canonical, safetyNumber } from '../../../../protocol/index.ts'
import { approveWords, type Desk, openDesk, requestWords, writeNewcomer } from './desk.ts'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
}

/** What a coordinator of another version, or with another program, may send. */
async function writeProposal(path: string, expires: string): Promise<string> {
  const next = JSON.parse(desk.registry.signedMembers.document)
  const document = canonical({ ...next, version: 2, prevHash: desk.registry.membersHash, expires })
  await writeFile(join(desk.path, path), JSON.stringify({ document, signatures: [] }))
  return safetyNumber(document)
}

describe('a day of expiry', () => {
  test.each(['2026-13-01', '31.12.2027', '2027-02-31', '2027', ''])('is no "%s"', async text => {
    expect(() => asDay(text)).toThrow(
      expect.objectContaining({ message: '--expires must be a day in the calendar, as 2027-12-31' }),
    )
    expect(await desk.refusal('members', 'renew', '--expires', text, '--trust', 'missing.json')).toBe(
      'usage 2',
    )
  })

  test('is at least 30 days ahead', () => {
    const codeAt = (days: number) => () => checkExpiry('It', inDays(days), '')
    for (const days of [-1, 0, 1, 29]) {
      expect(codeAt(days)).toThrow(expect.objectContaining({ code: 'expiry-too-near' }))
    }
    expect(codeAt(30)).not.toThrow()
  })

  test('counts in the newest of several versions', () => {
    const root = (version: number, expires: string) => {
      const signed = { document: JSON.stringify({ version, expires }), signatures: [] }
      return { path: '', kind: 'root' as const, version, signed }
    }
    const files = [root(2, inDays(300)), root(1, '2020-01-01')]
    expect(() => checkExpiryOfNewest(files, '')).not.toThrow()
    expect(() => checkExpiryOfNewest([...files, root(3, '2020-01-01')], '')).toThrow(
      expect.objectContaining({ code: 'expiry-too-near' }),
    )
  })
})

describe('a past or near day is refused', () => {
  test.each(['2020-01-01', inDays(29)])('in every command that makes a document: %s', async day => {
    const refusal = (...words: string[]) => desk.refusal('members', ...words, '--expires', day)
    const ends = ['--end', 'torture=0', '--end', 'capital=0', '--reason', 'Exercise']
    expect(await refusal('renew')).toBe('expiry-too-near 4')
    expect(await refusal('rotate-root')).toBe('expiry-too-near 4')
    for (const each of ['revoke', 'suspend', 'leave']) {
      expect(await refusal(each, 'QM', ...ends)).toBe('expiry-too-near 4')
    }
    const founding = ['--coordinator', 'any.json', '--request', 'any.json', '--threshold', '2']
    expect(await refusal('found', ...founding)).toBe('expiry-too-near 4')
    await expect(readFile(join(desk.path, 'members-2.json'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('where a request is approved', async () => {
    await writeNewcomer(desk, 'XK')
    const { safetyNumber: number } = await desk.json<{ safetyNumber: string }>(...requestWords('XK'))
    const words = approveWords('join-request.json', 'coordinator-1', number)
    expect(await desk.refusal(...words, '--expires', inDays(2))).toBe('expiry-too-near 4')
  })

  test('where others made the proposal, before it is signed or published', async () => {
    const number = await writeProposal('theirs.json', '2020-01-01')
    expect(await desk.refusal(...approveWords('theirs.json', 'coordinator-1', number))).toBe(
      'expiry-too-near 4',
    )
    const nowhere = ['--url', 'http://127.0.0.1:9']
    expect(await desk.refusal('members', 'publish', 'theirs.json', ...nowhere)).toBe('expiry-too-near 4')
    await writeProposal('fine.json', inDays(300))
    expect(await desk.refusal('members', 'publish', 'fine.json', ...nowhere)).toBe('node-unreachable 5')
  })
})

test('"members list" says of a trust file that it has expired', async () => {
  await using old = await openDesk({ expires: '2020-01-01' })
  const { stderr } = await old.run('members', 'list', '--trust', 'trust.json')
  expect(stderr).toContain('EXPIRED on 2020-01-01')
  expect((await desk.run('members', 'list', '--trust', 'trust.json')).stderr).not.toContain('EXPIRED')
})

import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseMembers, parseRoot } from '#protocol'
import { approveWords, type Desk, openDesk } from './desk.ts'

interface Assessed {
  file: string
  safetyNumber: string
  missing: { rootVersion: number; count: number }[]
  changes: { about: string; kind: string; danger: boolean }[]
}

const id = 'B'.repeat(43)
const reason = ['--reason', 'The signing machine was stolen.']
const ends = ['--end', `torture=41:${id}`, '--end', 'capital=0']

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

async function documentIn(file: string): Promise<string> {
  return JSON.parse(await readFile(join(desk.path, file), 'utf8')).document
}

describe('a proposal for the members', () => {
  test('ends a key at its last places', async () => {
    const made = await desk.json<Assessed>('members', 'revoke', 'QM', ...ends, ...reason)
    expect(made).toMatchObject({ file: 'members-2.json', missing: [{ count: 2 }] })
    expect(made.changes).toMatchObject([{ kind: 'issued' }, { about: 'QM', kind: 'key-ended', danger: true }])
    const [member] = parseMembers(await documentIn('members-2.json')).members
    expect(member?.signing).toMatchObject([
      { end: { torture: { seq: 41, id }, capital: { seq: 0, id: null } } },
    ])
    expect(await desk.refusal('members', 'revoke', 'QM', ...ends, ...reason)).toBe('already-there 4')
  })

  test('suspends a member, or lets it leave the network or a channel', async () => {
    const kinds = async (...words: string[]) =>
      (await desk.json<Assessed>('members', ...words, ...ends, ...reason)).changes.map(({ kind }) => kind)
    expect(await kinds('suspend', 'QM', '--out', 'suspend.json')).toEqual(['issued', 'status', 'key-ended'])
    expect(await kinds('leave', 'QM', '--out', 'leave.json')).toEqual(['issued', 'status', 'key-ended'])
    expect(await kinds('leave', 'QM', '--channel', 'capital', '--out', 'capital.json')).toEqual([
      'issued',
      'channel-left',
      'key-ended',
    ])
  })

  test('needs every place, well written, and somebody to end', async () => {
    const refusal = (...words: string[]) => desk.refusal('members', 'suspend', ...words, ...reason)
    expect(await refusal('QM', '--end', 'capital=0')).toBe('places-missing 2')
    expect(await refusal('QM', '--end', 'torture=41')).toBe('usage 2')
    expect(await refusal('XX', ...ends)).toBe('member-not-active 3')
  })

  test('holds longer once it is renewed', async () => {
    const words = ['--expires', '2040-01-01', '--out', 'renewed.json']
    expect((await desk.json<Assessed>('members', 'renew', ...words)).changes.map(({ kind }) => kind)).toEqual(
      ['issued', 'expires'],
    )
  })
})

describe('a proposal for the root', () => {
  test('is signed by the coordinators before and after, in copies that are put together', async () => {
    await desk.run('members', 'coordinator-key', 'coordinator-4', '--unencrypted')
    const rotation = ['--add', 'coordinator-4=coordinator-4.pub.json', '--remove', 'coordinator-3']
    const made = await desk.json<Assessed>('members', 'rotate-root', ...rotation, '--threshold', '3')
    expect(made.missing).toMatchObject([
      { rootVersion: 1, count: 2 },
      { rootVersion: 2, count: 3 },
    ])
    const root = parseRoot(await documentIn('root-2.json'))
    expect(root.coordinators.map(each => each.id)).toEqual([
      'coordinator-1',
      'coordinator-2',
      'coordinator-4',
    ])
    const copies = ['coordinator-1', 'coordinator-2', 'coordinator-4'].map(name => `root-2 by ${name}.json`)
    for (const copy of copies) {
      await copyFile(join(desk.path, 'root-2.json'), join(desk.path, copy))
      const [, coordinator = ''] = /by (.+)\.json/.exec(copy) ?? []
      await desk.json(...approveWords(copy, coordinator, made.safetyNumber))
    }
    expect(await desk.refusal('members', 'import', ...copies.slice(0, 2))).toBe('signatures-too-few 6')
    const after = await desk.json('members', 'import', ...copies)
    expect(after).toMatchObject({ root: 2, members: 1 })
    expect(await desk.refusal('members', 'review', copies[0] ?? '')).toBe('proposal-pointless 4')
    expect(await desk.refusal('members', 'review', 'members-2.json')).toBe('members-root-retired 6')
  })

  test('does not add a key under another name, nor anything else', async () => {
    const refusal = (...words: string[]) => desk.refusal('members', 'rotate-root', ...words)
    expect(await refusal('--add', 'other=coordinator-4.pub.json')).toBe('usage 2')
    expect(await refusal('--add', 'QM.json')).toBe('file-unreadable 2')
    expect(await refusal()).toBe('proposal-pointless 4')
  })
})

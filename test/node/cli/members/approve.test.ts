import { copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTrust } from '#protocol'
import { exampleFolder } from '../../../../node/keys.ts'
import { approveWords, type Desk, openDesk, requestWords, writeNewcomer } from './desk.ts'

interface Assessed {
  safetyNumber: string
  signers: string[]
  missing: { count: number }[]
  complete: boolean
  changes: { about: string; kind: string; danger: boolean }[]
}

let desk: Desk
let number: string

beforeAll(async () => {
  desk = await openDesk()
  await writeNewcomer(desk, 'XK')
  const made = await desk.json<{ file: string; safetyNumber: string }>(...requestWords('XK'))
  expect(made.file).toBe('join-request.json')
  number = made.safetyNumber
})
afterAll(() => desk[Symbol.asyncDispose]())

describe('a request to join', () => {
  test('becomes a members document that two coordinators sign, and is put into the trust file', async () => {
    const review = await desk.json<Assessed>('members', 'review', 'join-request.json')
    expect(review.safetyNumber).toBe(number)
    expect(review.changes.map(({ kind }) => kind)).toContain('member-added')
    const first = await desk.json<Assessed>(...approveWords('join-request.json', 'coordinator-1', number))
    expect(first).toMatchObject({ signers: ['coordinator-1'], missing: [{ count: 1 }], complete: false })
    expect(await desk.refusal('members', 'import', 'members-2.json')).toBe('signatures-too-few 6')
    const again = approveWords('members-2.json', 'coordinator-1', first.safetyNumber)
    expect(await desk.refusal(...again)).toBe('signature-repeated 6')
    const [group = ''] = first.safetyNumber.split(' ')
    const second = await desk.json<Assessed>(...approveWords('members-2.json', 'coordinator-2', group))
    expect(second).toMatchObject({ signers: ['coordinator-1', 'coordinator-2'], missing: [], complete: true })
    const { code, stdout } = await desk.run('members', 'import', 'members-2.json')
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^before {2}[\d ]{71}\nnow {5}[\d ]{71}\n$/)])
    const registry = await openTrust(await readFile(join(desk.path, 'trust.json'), 'utf8'))
    expect(registry.members.version).toBe(2)
    expect(await desk.json('members', 'list', '--trust', 'trust.json')).toMatchObject([
      { id: 'QM' },
      { id: 'QN' },
      { id: 'XK', status: 'active', channels: ['torture'] },
    ])
    expect(await desk.refusal('members', 'review', 'join-request.json')).toBe('member-active 4')
  })
})

describe('nothing is signed', () => {
  let other: Desk
  beforeAll(async () => {
    other = await openDesk()
    await copyFile(join(desk.path, 'join-request.json'), join(other.path, 'join-request.json'))
  })
  afterAll(() => other[Symbol.asyncDispose]())

  test('unheard: where nobody can be asked, or the number is another', async () => {
    const words = ['members', 'approve', 'join-request.json', '--key', 'coordinator-1.json']
    const asked = await other.run(...words)
    expect(asked).toMatchObject({ code: 2, stdout: '' })
    expect(asked.stderr).toContain(number.slice(0, 35))
    expect(asked.stderr).toContain('Kestrelia')
    for (const wrong of ['00000', number.slice(0, 4), number.slice(6), `${number} 00000`, '']) {
      expect(await other.refusal(...words, '--safety-number', wrong)).toBe('safety-number-differs 4')
    }
    await expect(stat(join(other.path, 'members-2.json'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('by who is no coordinator, or with keys that everybody has', async () => {
    await other.run('members', 'coordinator-key', 'stranger', '--unencrypted')
    expect(await other.refusal(...approveWords('join-request.json', 'stranger', number))).toBe(
      'signature-of-unknown-coordinator 6',
    )
    await copyFile(join(exampleFolder, 'coordinator-1.json'), join(other.path, 'everybody.json'))
    expect(await other.refusal(...approveWords('join-request.json', 'everybody', number))).toBe(
      'demonstration-keys 4',
    )
    const marked = JSON.parse(await readFile(join(other.path, 'everybody.json'), 'utf8'))
    const unmarked = { ...marked, demonstration: undefined, unencrypted: true }
    await writeFile(join(other.path, 'unmarked.json'), JSON.stringify(unmarked), { mode: 0o600 })
    expect(await other.refusal(...approveWords('join-request.json', 'unmarked', number))).toBe(
      'demonstration-keys 4',
    )
  })

  test('that was changed after signing, or is nothing of the kind', async () => {
    const text = await readFile(join(desk.path, 'join-request.json'), 'utf8')
    await writeFile(join(other.path, 'changed.json'), text.replace('Kestrelia', 'Kestrelio'))
    expect(await other.refusal('members', 'review', 'changed.json')).toBe('signature-invalid 6')
    expect(await other.refusal(...approveWords('changed.json', 'coordinator-1', number))).toBe(
      'signature-invalid 6',
    )
    expect(await other.refusal('members', 'review', 'trust.json')).toBe('file-unreadable 2')
    expect(await other.refusal('members', 'review', 'missing.json')).toBe('file-unreadable 2')
    const said = async (...words: string[]) => (await other.run('members', ...words)).stderr
    expect(await said('review', 'trust.json')).toContain('members list --trust trust.json')
    const elsewhere = ['--trust', 'nowhere/trust.json']
    expect(await said('review', 'join-request.json', ...elsewhere)).toContain('name it with --trust')
  })

  test('with a file that holds no key of a coordinator, before anything else', async () => {
    for (const wrong of ['QM', 'trust', 'join-request', 'stranger.pub']) {
      const words = approveWords('missing.json', wrong, number)
      expect(await other.refusal(...words)).toBe('key-file-malformed 1')
      expect((await other.run(...words)).stderr).toContain("this is no coordinator's key file")
    }
  })

  test('by names that people do not know', async () => {
    const made = await desk.json<{ file: string; safetyNumber: string }>(
      ...['members', 'renew', '--expires', '2040-01-01', '--out', 'renewed.json'],
    )
    await desk.json(...approveWords('renewed.json', 'coordinator-1', made.safetyNumber), '--again')
    const signed = JSON.parse(await readFile(join(desk.path, 'renewed.json'), 'utf8'))
    const document = signed.document.replace('2040-01-01', '2041-01-01')
    await writeFile(join(desk.path, 'forged.json'), JSON.stringify({ ...signed, document }))
    const forged = await desk.run('members', 'review', 'forged.json')
    expect([forged.code, forged.stderr]).toEqual([
      6,
      expect.stringContaining('The signature of coordinator-1 does not fit'),
    ])
    await desk.run('members', 'coordinator-key', 'coordinator-4', '--unencrypted')
    const fourth = await desk.run(...approveWords('renewed.json', 'coordinator-4', made.safetyNumber))
    expect(fourth.stderr).toContain('coordinator-4 is no coordinator under root 1')
  })
})

describe('the demonstration', () => {
  test('may be given coordinators with keys of their own, as its root says', async () => {
    await using own = await openDesk()
    for (const name of ['trust', 'coordinator-1', 'coordinator-2', 'coordinator-3']) {
      await copyFile(join(exampleFolder, `${name}.json`), join(own.path, `${name}.json`))
    }
    await own.run('members', 'coordinator-key', 'coordinator-4', '--unencrypted')
    const rotation = ['--add', 'coordinator-4.pub.json', '--remove', 'coordinator-3']
    const made = await own.json<{ file: string; safetyNumber: string }>('members', 'rotate-root', ...rotation)
    const signed = async (file: string, name: string, safetyNumber: string) =>
      (await own.json<Assessed>(...approveWords(file, name, safetyNumber))).complete
    expect(await signed(made.file, 'coordinator-4', made.safetyNumber)).toBe(false)
    expect(await signed(made.file, 'coordinator-1', made.safetyNumber)).toBe(false)
    expect(await signed(made.file, 'coordinator-2', made.safetyNumber)).toBe(true)
    await own.json('members', 'import', made.file)
    const renewed = await own.json<{ file: string; safetyNumber: string }>(
      ...['members', 'renew', '--expires', '2040-01-01'],
    )
    expect(await signed(renewed.file, 'coordinator-4', renewed.safetyNumber)).toBe(false)
    await own.run('members', 'coordinator-key', 'stranger', '--unencrypted')
    expect(await own.refusal(...approveWords(renewed.file, 'stranger', renewed.safetyNumber))).toBe(
      'demonstration-keys 4',
    )
  })

  test('is signed by its own coordinators only', async () => {
    await using own = await openDesk()
    for (const name of ['trust', 'coordinator-1', 'coordinator-2']) {
      const target = name === 'trust' ? 'trust.json' : `demo-${name}.json`
      await copyFile(join(exampleFolder, `${name}.json`), join(own.path, target))
    }
    await writeNewcomer(own, 'XK')
    const asked = await own.json<{ safetyNumber: string }>(...requestWords('XK'))
    expect(await own.refusal(...approveWords('join-request.json', 'coordinator-1', asked.safetyNumber))).toBe(
      'demonstration-keys 4',
    )
    const approved = await own.json<Assessed>(
      ...approveWords('join-request.json', 'demo-coordinator-1', asked.safetyNumber),
    )
    expect(approved.signers).toEqual(['coordinator-1'])
  })
})

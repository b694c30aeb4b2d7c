import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyText } from '../../../node/cli/verification.ts'
import { exampleFolder } from '../../../node/keys.ts'
import { makePrivateKey } from '../../../node/secret-file.ts'
import type { Registry } from '../../../protocol/index.ts'
import { runFocalpoint } from './run.ts'
import { exampleRegistry, signedNotice } from './signed-notice.ts'

const trust = ['--trust', join(exampleFolder, 'trust.json')]
let folder: string
let text: string
let registry: Registry

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'focalpoint-verify-'))
  text = await signedNotice()
  registry = await exampleRegistry()
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(content: string): Promise<string> {
  const path = join(folder, 'notice.txt')
  await writeFile(path, content)
  return path
}

/** Another character of the same alphabet, and one of none. */
function othersOf(character: string): string[] {
  const next = String.fromCharCode(character.charCodeAt(0) + 1)
  return [character === 'A' ? 'B' : 'A', character === '~' ? '.' : '~', next, ' '].filter(
    each => each !== character,
  )
}

function withOtherSalt(part: string): string {
  const json = Buffer.from(part, 'base64url').toString()
  return Buffer.from(json.replace('["A', '["B')).toString('base64url')
}

function otherAt(text: string, at: number): string {
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
}

describe('verifying a text', () => {
  test('says who says it, where it stands, and which parts are shown', async () => {
    const finding = await verifyText(text, registry)
    expect(finding).toMatchObject({
      valid: true,
      issuer: 'QM',
      issuerName: 'Quillmark',
      channel: 'torture',
      seq: 1,
      type: 'denial',
      standing: 'verified',
    })
    expect(finding.valid && finding.parts.filter(part => part.name === 'body')).toMatchObject([
      { given: true },
    ])
  })

  test('accepts one with a part withheld, and says so', async () => {
    const [jws, body] = text.split('~')
    const finding = await verifyText(`${jws}~${body}~`, registry)
    expect(finding).toMatchObject({ valid: true })
    expect(finding.valid && finding.parts.filter(part => !part.given).map(part => part.name)).toEqual([
      'nominal',
    ])
  })

  test('refuses any change of one character', async () => {
    const changed = [...text].flatMap((character, at) =>
      othersOf(character).map(other => `${text.slice(0, at)}${other}${text.slice(at + 1)}`),
    )
    const accepted: string[] = []
    for (const each of changed) if ((await verifyText(each, registry)).valid) accepted.push(each)
    expect(accepted).toEqual([])
    expect(changed.length).toBeGreaterThan(3 * text.length)
  })

  test.each([
    ['its signature does not fit', 'signature-invalid', (jws: string) => `${otherAt(jws, jws.length - 40)}~`],
    [
      'a part is not the one that was signed',
      'part-not-committed',
      (jws: string, part: string) => `${jws}~${withOtherSalt(part)}~`,
    ],
    ['it is cut short', 'text-not-canonical', (jws: string, part: string) => `${jws}~${part}`],
  ])('says first that a text was changed or damaged when %s', async (_, code, change) => {
    const [jws = '', part = ''] = text.split('~')
    const finding = await verifyText(change(jws, part), registry)
    expect(finding).toMatchObject({ valid: false, code })
    expect(!finding.valid && finding.message).toMatch(/^Changed after signing, or damaged on the way\. \S/)
  })

  test('does not say so of a whole text that is not for this registry', async () => {
    const another = { ...registry, net: 'b'.repeat(registry.net.length) }
    const finding = await verifyText(text, another)
    expect(finding).toMatchObject({ valid: false, code: 'net-differs' })
    expect(!finding.valid && finding.message).not.toMatch(/damaged/)
  })

  test('says that it cannot be checked when only a newer registry may know the key, and not that it is false', async () => {
    const { code, stdout, stderr } = await runFocalpoint(['verify', '-', ...trust], {
      input: await signedNotice({ signing: makePrivateKey() }),
    })
    expect(code).toBe(6)
    expect(stdout).toContain('cannot be checked with this trust.json (members document 1)')
    expect(`${stdout}${stderr}`).not.toMatch(/not valid|Changed after/)
  })

  test('refuses what a key says in the name of another', async () => {
    const forged = await signedNotice({ issuer: 'QN' })
    expect(await verifyText(forged, registry)).toMatchObject({ valid: false, code: 'key-of-another' })
  })

  test.each([
    ['beyond the end of its key', { seq: 0, id: null }, { valid: false, code: 'notice-void' }],
    ['below the end of its key', { seq: 9, id: 'x' }, { valid: true, standing: 'key since retired' }],
  ])('knows what can be known without the log of a notice %s', async (_, end, expected) => {
    const finding = await verifyText(text, withEnd(registry, end))
    expect(finding).toMatchObject(expected)
    if (finding.valid) expect(finding.notes).toHaveLength(2)
  })
})

describe('focalpoint verify', () => {
  test('accepts a good text from a file, with no node', async () => {
    const { code, stdout } = await runFocalpoint(['verify', await fileOf(`${text}\n`), ...trust])
    expect(stdout).toContain('Quillmark (QM)')
    expect(code).toBe(0)
  })

  test('says of another kind of file that it holds no notice, and nothing of tampering', async () => {
    const { code, stderr } = await runFocalpoint(['verify', await fileOf('root:x:0:0\n'), ...trust])
    expect(stderr).not.toContain('Changed after signing')
    expect(code).toBe(2)
  })

  test('accepts it from stdin and as JSON, and tells as JSON', async () => {
    const input = JSON.stringify({ notice: text })
    const { code, stdout } = await runFocalpoint(['verify', '-', '--json', ...trust], { input })
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, issuer: 'QM' })
    expect(code).toBe(0)
  })

  test('ends with 6 when one of several is not valid, and still tells of each', async () => {
    const tampered = text.replace(/~$/, 'A~')
    const { code, stdout } = await runFocalpoint([
      'verify',
      await fileOf(`${text}\n${tampered}\n`),
      '--json',
      ...trust,
    ])
    expect(JSON.parse(stdout)).toMatchObject([{ valid: true }, { valid: false }])
    expect(code).toBe(6)
  })

  test('tells how far it is when there are many', async () => {
    const many = Array.from({ length: 300 }, () => text).join('\n')
    const { code, stderr } = await runFocalpoint(['verify', await fileOf(many), ...trust])
    expect(stderr).toContain('100 %')
    expect(code).toBe(0)
  })

  test.each([
    ['no such file', ['verify', 'nowhere.txt', ...trust]],
    ['no trust file', ['verify', '-']],
    ['nothing in it', ['verify', '-', ...trust]],
  ])('ends with 2 where there is %s', async (_, words) => {
    const { code, stdout } = await runFocalpoint(words, { folder })
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})

/** The registry with QM's key ended in `torture`. */
function withEnd(registry: Registry, end: { seq: number; id: string | null }): Registry {
  const members = registry.members.members.map(member =>
    member.id === 'QM'
      ? { ...member, signing: member.signing.map(key => ({ ...key, end: { torture: end } })) }
      : member,
  )
  return { ...registry, members: { ...registry.members, members } }
}

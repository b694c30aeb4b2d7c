import { randomUUID } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { verifyBundle } from '../../node/cli/bundle/verify.ts'
import type { Role } from '../../node/people.ts'
import {
  bundleLineText,
  canonical,
  type Draft,
  forkBetween,
  forkProofText,
  isError,
  parseEnvelope,
  parseNotice,
  sha256,
  signStop,
  thumbprint,
} from '../../protocol/index.ts'
import { eventually } from '../eventually.ts'
import { runFocalpoint } from '../node/cli/run.ts'
import { exampleDraft, type Participant, Participants } from './participants.ts'
import { Pen } from './pen.ts'

it('exports a bundle that anyone verifies with no node, and finds every change in it', async () => {
  await using alliance = await Participants.make()
  const [issuer, other] = await alliance.openReady(['QM', 'QN'])
  await issuer.issue(exampleDraft('sighting'))
  const denial = await issuer.issue(exampleDraft('denial'))
  await issuer.issue(withdrawalOf(denial.id))
  const alert = await other.issue(exampleDraft('alert'))
  await other.issue(exampleDraft('sighting'))
  for (const { notices } of [issuer, other])
    await eventually(async () => expect(await notices()).toHaveLength(5))

  const out = join(alliance.folder, 'bundle.ndjson')
  const words = ['notice', 'export', '--format', 'bundle', '--url', other.node.url]
  const asked = await runFocalpoint([...words, '--type', 'denial', '--out', out], await as(other, 'officer'))
  expect(asked).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('Exported 1 notices') })
  const again = await runFocalpoint([...words, '--out', out], await as(other, 'officer'))
  expect(again.code).toBe(4)
  expect((await readdir(alliance.folder)).filter(name => name.includes('bundle'))).toEqual(['bundle.ndjson'])
  for (const { member } of [issuer, other]) await alliance.close(member)

  // By my own trust file: nothing to compare.
  const trust = join(alliance.folder, 'trust.json')
  await writeFile(trust, alliance.alliance.trust)
  const byMine = await runFocalpoint(['verify', out, '--trust', trust, '--json'], { folder: alliance.folder })
  expect(byMine).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(byMine.stdout)).toMatchObject({
    valid: true,
    head: {
      by: 'QN',
      notices: 1,
      links: 1,
      names: true,
      filters: { type: 'denial' },
      destroyAfter: '2031-12-31',
    },
    trust: { whose: 'yours' },
    logs: [{ channel: 'torture', issuer: 'QM', from: 2, to: 3 }],
    exercises: 1,
    withheld: 0,
    withdrawn: [denial.id],
    problems: [],
  })

  const bytes = await readFile(out)
  const piped = await runFocalpoint(['verify', '-', '--trust', trust], { input: bytes.toString() })
  expect(piped).toMatchObject({ code: 0, stdout: expect.stringContaining('withdrawn') })

  // By its own: said loudly, with the fingerprint.
  const byItsOwn = await runFocalpoint(['verify', out], { folder: alliance.folder })
  expect(byItsOwn.code).toBe(0)
  expect(byItsOwn.stderr).toMatch(/INSIDE the bundle[\s\S]*\d{5}( \d{5}){11}/)
  const another = await runFocalpoint(['verify', out, '--demo'])
  expect(another).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining('another network') })

  // A changed byte anywhere, or a byte less or more.
  const untrue: number[] = []
  for (let at = 0; at < bytes.length; at += 101) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ (1 << (at % 7)), at)
    if (await isValid(changed)) untrue.push(at)
  }
  expect(untrue).toEqual([])
  const lines = bytes.toString().split(/(?<=\n)/)
  const pieces = {
    'a byte less': bytes.subarray(0, -1),
    'a byte more': Buffer.concat([bytes, Buffer.from(' ')]),
    'a line twice': [...lines.slice(0, 2), ...lines.slice(1)],
    'a line less': [...lines.slice(0, 1), ...lines.slice(2)],
    'no end': lines.slice(0, -1),
    'other line ends': lines.map(line => line.replace('\n', '\r\n')),
    'a byte order mark': ['\ufeff', ...lines],
  }
  for (const [what, changed] of Object.entries(pieces)) {
    const content = Array.isArray(changed) ? Buffer.from(changed.join('')) : changed
    expect([what, await isValid(content)]).toEqual([what, false])
  }

  // The same by one who puts the digest right again: signatures and chains still tell.
  expect(await isValid(sealed(lines.slice(0, -1)))).toBe(true)
  const [head = '', notice = '', link = ''] = lines
  for (const changed of [
    [head, link],
    [head, link, notice],
    [head.replace('"links":1', '"links":0'), notice],
    [head, notice.replace('"notice"', '"link"'), link],
    [head, notice.replace(/~(.)/, (_, first) => `~${first === 'W' ? 'V' : 'W'}`), link],
    [head.replace(/"heads":\{.*?\}\}/, '"heads":{}'), notice, link],
    [
      head.replace(denial.id.slice(0, 8), alert.id.slice(0, 8)),
      notice.replace(/\..{20}/, '.AAAAAAAAAAAAAAAAAAAA'),
      link,
    ],
  ])
    expect(await isValid(sealed(changed))).toBe(false)

  const file = join(alliance.folder, 'changed.ndjson')
  for (const at of [3, Math.floor(bytes.length / 2), bytes.length - 4]) {
    const changed = Buffer.from(bytes)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    await writeFile(file, changed)
    expect((await runFocalpoint(['verify', file, '--trust', trust])).code).toBe(6)
  }
})

it('gives in a bundle what the asker may read, and says what is void by a newer registry', async () => {
  await using alliance = await Participants.make(1)
  const [issuer] = await alliance.openReady(['QM'])
  const named = exampleDraft('denial', ({ readers }) => readers === undefined)
  const first = await issuer.issue(named)
  await issuer.issue(named)
  const bundleOf = async (role: Role) =>
    (
      await runFocalpoint(
        ['notice', 'export', '--format', 'bundle', '--url', issuer.node.url, '-q'],
        await as(issuer, role),
      )
    ).stdout
  const [whole, nameless] = [await bundleOf('customs'), await bundleOf('coordinator')]
  const names = (text: string) =>
    text.split(/[~"]/).some(part => Buffer.from(part, 'base64url').toString().includes('Fiktiva Restraint'))
  expect([names(whole), names(nameless)]).toEqual([true, false])
  const quiet = { onBegin: async () => {}, onLines: () => {} }
  expect(await verifyBundle(piecesOf(Buffer.from(nameless)), quiet)).toMatchObject({
    valid: true,
    withheld: 2,
  })

  // Who believes a notice must hear of a fork of its log, as of a stop of its key.
  const { envelope } = parseNotice(JSON.parse(whole.split('\n')[2] ?? '').notice, alliance.registry)
  const twin = parseEnvelope(
    new Pen('QM', alliance).after(first).next().text.split('~')[0] ?? '',
    alliance.registry,
  )
  const proof = forkBetween(envelope, twin)
  expect(proof).toBeDefined()
  const [head = '', ...lines] = whole.split(/(?<=\n)/)
  const withProof = (text: string) =>
    sealed([head.replace('"forks":[]', `"forks":[${JSON.stringify(text)}]`), ...lines.slice(0, -1)])
  const forked = withProof(proof ? forkProofText(proof) : '')
  expect(await verifyBundle(piecesOf(forked), quiet)).toMatchObject({ valid: true, disputed: [envelope.id] })
  expect(await isValid(withProof('{}'))).toBe(false)
  const { signing, recovery } = alliance.keysOf('QM')
  const { net } = alliance.registry
  const about = { net, member: 'QM', kid: thumbprint(signing), channel: 'torture', reason: 'Stolen.', iat: 1 }
  const stop = await signStop({ stop: { ...about, head: { seq: 1, id: first.id } }, key: recovery })
  const stopped = sealed([
    head.replace('"stops":[]', `"stops":[${JSON.stringify(canonical({ ...stop }))}]`),
    ...lines.slice(0, -1),
  ])
  expect(await verifyBundle(piecesOf(stopped), quiet)).toMatchObject({ valid: true, disputed: [envelope.id] })

  const ended = await alliance.nextMembers(alliance.registry, ({ members }) => {
    for (const key of members.find(({ id }) => id === 'QM')?.signing ?? [])
      key.end = { capital: { seq: 0, id: null }, torture: { seq: 1, id: first.id } }
  })
  const { kind: _, ...signed } = ended
  const newer = { ...JSON.parse(alliance.alliance.trust), members: signed }
  const [trust, file] = [join(alliance.folder, 'newer.json'), join(alliance.folder, 'bundle.ndjson')]
  await writeFile(trust, JSON.stringify(newer))
  await writeFile(file, whole)
  const { code, stdout } = await runFocalpoint(['verify', file, '--trust', trust, '--json'])
  expect(code).toBe(6)
  expect(JSON.parse(stdout).problems).toMatchObject([{ line: 3, code: 'notice-void' }])
})

it('exports tables, lines and STIX by the command line, and says what it left out', async () => {
  await using alliance = await Participants.make(1)
  const [node] = await alliance.openReady(['QM'])
  const alert = exampleDraft('alert')
  const { exercise: _, ...real } = alert
  await node.issue(alert)
  await node.issue(real)
  const run = async (words: string[], input?: string) =>
    runFocalpoint(['notice', 'export', '--url', node.node.url, ...words], {
      ...(await as(node, 'customs')),
      ...(input !== undefined && { input }),
    })
  const csv = await run([])
  expect(parse(csv.stdout, { columns: true, record_delimiter: '\r\n' })).toMatchObject([
    { exercise: 'false', title: alert.body.title },
  ])
  expect(csv.stderr).toContain('Exported 1 notices in 1 lines.\nLeft out: 1 drills (add --exercises).')
  const mapped = await run(
    ['--exercises', '--map', '-'],
    '{"columns":[{"name":"T","from":"title"}],"header":false}',
  )
  expect(mapped.stdout).toBe(`${alert.body.title}\r\n`.repeat(2))
  const wrong = await run(['--map', '-'], '{"columns":[{"name":"T","from":"nothing"}],"per":"day"}')
  expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('/columns/0/from') })
  const ndjson = await run(['--format', 'ndjson', '--signed', '-q'])
  expect(ndjson.stdout.split('\n').filter(line => line.includes('"signed":"'))).toHaveLength(2)
  const stix = JSON.parse((await run(['--format', 'stix', '-q'])).stdout)
  expect(stix.objects.filter(({ type }: { type: string }) => type === 'indicator')).toHaveLength(1)
  expect((await run(['--format', 'stix', '--all'])).code).toBe(2)
  expect((await run(['--hs', '1'])).code).toBe(2)
})

/** In an environment with the token of a person who has just this role. */
async function as({ node }: Participant, role: Role) {
  const person = await node.people.add({ name: `The ${role} ${randomUUID()}`, roles: [role] })
  const { secret } = await node.people.createToken({ person: person.id, label: role, days: 1 })
  return { environment: { FOCALPOINT_TOKEN: secret } }
}

/** With the digest of what is there now. */
function sealed(lines: readonly string[]): Buffer {
  const text = lines.join('')
  return Buffer.from(`${text}${bundleLineText({ end: sha256(text) })}`)
}

async function isValid(bytes: Uint8Array): Promise<boolean> {
  try {
    return (await verifyBundle(piecesOf(bytes), { onBegin: async () => {}, onLines: () => {} })).valid
  } catch (error) {
    if (!isError(error)) throw error
    return false
  }
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
}

function withdrawalOf(id: string): Draft {
  const draft = structuredClone(exampleDraft('withdrawal'))
  return { ...draft, body: { ...draft.body, target: id }, refs: [{ id, rel: 'withdraws' }] }
}

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CarriedRef,
  canonical,
  channelPartNames,
  type Envelope,
  encodeText,
  type IndexKeys,
  type Json,
  makePart,
  noticeTyp,
  type Part,
  type PartRule,
  parseEnvelope,
  sha256,
} from '#protocol'
import type { Admission } from '../../../node/admission.ts'
import { openStore, type Store, type StoreOptions } from '../../../node/store/index.ts'

/** A store in a folder of its own that goes away with it. */
export async function temporaryStore(options: Partial<StoreOptions> = {}): Promise<Store & { dir: string }> {
  await using opened = new AsyncDisposableStack()
  const dir = options.dir ?? opened.adopt(await temporaryFolder(), removeFolder)
  const store = opened.use(await openStore({ ...options, dir }))
  const life = opened.move()
  return Object.defineProperties({ dir } as Store & { dir: string }, {
    ...Object.getOwnPropertyDescriptors(store),
    [Symbol.asyncDispose]: { value: () => life.disposeAsync() },
  })
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'focalpoint-store-'))
}

export function removeFolder(dir: string): Promise<void> {
  return rm(dir, { recursive: true, force: true })
}

const net = 'a'.repeat(52)
/** The store never looks at a signature. */
const signature = 'A'.repeat(86)
export const noKeys: IndexKeys = { category: [], goods: [], hs: [], country: [], reference: [] }

export interface Wanted {
  issuer?: string
  channel?: string
  seq?: number
  prev?: string | null
  type?: string
  key?: string
  refs?: CarriedRef[]
  parts?: { [name: string]: { value: Json } & PartRule }
  /** Names of parts that are committed to and not at hand. */
  withheld?: string[]
}

export function newNotice(wanted: Wanted = {}): { envelope: Envelope; parts: Part[] } {
  const { issuer = 'QM', channel = 'torture', seq = 1, type = 'denial', key = 'QM key', refs = [] } = wanted
  const named = Object.entries(wanted.parts ?? { body: { value: { text: `notice ${seq}` }, to: 'channel' } })
  const parts = named.map(([name, { value }]) =>
    makePart(name, value, saltOf(`${issuer} ${channel} ${seq} ${name}`)),
  )
  const payload = {
    _sd: parts.map(part => part.digest).sort(),
    _sd_alg: 'sha-256',
    channel,
    iat: 1_700_000_000 + seq,
    iss: issuer,
    members: 1,
    parts: Object.fromEntries(
      named.map(([name, { value: _, ...rule }], at) => [name, { digest: parts[at]?.digest, ...rule }]),
    ),
    prev: wanted.prev ?? (seq === 1 ? null : sha256(`${issuer} ${channel} ${seq - 1}`)),
    ...(refs.length > 0 && { refs }),
    seq,
    type,
    v: 1,
  }
  const header = { alg: 'Ed25519', kid: sha256(key), net, typ: noticeTyp }
  const jws = [encodeText(canonical(header)), encodeText(canonical(payload)), signature].join('.')
  const held = parts.filter(part => !wanted.withheld?.includes(part.name))
  return { envelope: parseEnvelope(jws, { net }), parts: held }
}

/** What the gate adds. */
type Findings = Partial<Omit<Admission, 'envelope' | 'parts'>>

export function newAdmission(wanted: Wanted & Findings = {}): Admission {
  const { envelope, parts } = newNotice(wanted)
  return {
    erased: [],
    road: 'gossip',
    from: envelope.issuer,
    receivedAt: 1_700_000_100 + envelope.seq,
    flags: [],
    keys: noKeys,
    words: '',
    wanted: channelPartNames(envelope),
    isVoid: false,
    ...wanted,
    envelope,
    parts,
  }
}

/** Notices 1 to `count` of one log, each following the one before. */
export function newLog(count: number, wanted: Wanted & Findings = {}): Admission[] {
  const log: Admission[] = []
  for (let seq = 1; seq <= count; seq++) {
    log.push(newAdmission({ ...wanted, seq, prev: log.at(-1)?.envelope.id ?? null }))
  }
  return log
}

function saltOf(text: string): string {
  return `${sha256(text).slice(0, 21)}A`
}

/** Admits them all in one write. */
export function admit(store: Store, admissions: readonly Admission[]): Promise<void> {
  return store.write(admissions.flatMap(admission => store.notices.admissionOps(admission)))
}

/** Names of the folder's files in which one of these texts stands. */
export async function filesWith(dir: string, texts: readonly string[]): Promise<string[]> {
  const names: string[] = []
  for (const name of await readdir(dir)) {
    const bytes = await readFile(join(dir, name))
    if (texts.some(text => bytes.includes(text))) names.push(name)
  }
  return names
}

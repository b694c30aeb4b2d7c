import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { channelNames, isError } from '#protocol'
import { createBackup } from '../../node/backup/create.ts'
import { restoreBackup } from '../../node/backup/restore.ts'
import { rowsAtRest } from '../../node/backup/rows-at-rest.ts'
import { verifyBackup } from '../../node/backup/verify.ts'
import { secondsNow } from '../../node/clock.ts'
import type { Config } from '../../node/config.ts'
import type { NoticeView } from '../../node/desk/desk.ts'
import { writeNothingSigned } from '../../node/last-signed.ts'
import type { FocalpointNode } from '../../node/node.ts'
import { officer, releaser } from '../bench/bench-node.ts'
import { Census } from './census.ts'
import {
  crashAlliance,
  crashConfig,
  lastSignedDirOf,
  numberedDraft,
  openCrashNode,
  storeDirOf,
} from './crash-node.ts'
import { pick, seededRandom } from './random.ts'

// One round: a node issues, its folder is copied, it issues two more, and some of the copy is put back. It comes up
// alone and is asked to sign; it is connected and asked again and again, until it does.

/** What is put back: everything, one of the two memories alone, or nothing at all, so that only the key is left. */
export const restoredThings = ['data folder', 'database', 'last-signed', 'nothing'] as const
/** Or a backup, made and put back as the commands do it. */
export type Restored = (typeof restoredThings)[number] | 'backup'

export interface RestoreReport {
  rounds: number
  /** Places of one log at which two notices were signed. */
  placesSignedTwice: number
  /** Rounds in which it refused to sign before it had heard from anybody. */
  refusedAlone: number
  /** Rounds in which the first notice after coming back took the next place after the last one ever signed. */
  rightNext: number
}

export interface RestoreOptions {
  restored: Restored
  rounds: number
  seed: number
  unsafeNoGuard?: boolean
}

const issuedAfterTheCopy = 2
const mostIssuedBefore = 3
const lookEveryMs = 20
const patienceMs = 60_000
const peers = ['QN', 'XD'] as const
const members = 1 + peers.length

export async function restoreRounds(options: RestoreOptions): Promise<RestoreReport> {
  const random = seededRandom(options.seed)
  const report: RestoreReport = { rounds: 0, placesSignedTwice: 0, refusedAlone: 0, rightNext: 0 }
  for (let round = 0; round < options.rounds; round++) {
    const { signedTwice, refusedAlone, isRightNext } = await restoreOnce(options, random)
    report.rounds += 1
    report.placesSignedTwice += signedTwice
    report.refusedAlone += Number(refusedAlone)
    report.rightNext += Number(isRightNext)
  }
  return report
}

async function restoreOnce(
  { restored, unsafeNoGuard = false }: RestoreOptions,
  random: () => number,
): Promise<{ signedTwice: number; refusedAlone: boolean; isRightNext: boolean }> {
  await using opened = new AsyncDisposableStack()
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'focalpoint-restore-')), path =>
    rm(path, { recursive: true, force: true }),
  )
  const dataDir = join(folder, 'QM')
  const copy = join(folder, 'copy')
  const others = await Promise.all(
    peers.map(member => openCrashNode({ member, dataDir: join(folder, member), members })),
  )
  for (const other of others) opened.use(other)
  const census = new Census()
  const open = () => openCrashNode({ member: 'QM', dataDir, members, unsafeNoGuard })

  await writeNothingSigned(lastSignedDirOf(dataDir), channelNames)
  await issueAndSpread({ open, others, census, count: 1 + Math.floor(random() * mostIssuedBefore) })
  if (restored === 'backup') await backUp(dataDir, copy)
  else await cp(dataDir, copy, { recursive: true })
  await issueAndSpread({ open, others, census, count: issuedAfterTheCopy })
  await putBack(restored, { dataDir, copy })

  const before = census.height
  const node = opened.use(await open())
  const early = await tryToIssue(node)
  if (early) census.see(early)
  const order = pick(random, [others, others.toReversed()])
  for (const other of order) await node.connectTo(other.addresses())
  const first = early ?? (await issueWhenItMay(node, census))
  // A place signed twice freezes the log where it is: then nothing more spreads.
  if (early === undefined) await spread(node, others)
  for (const each of [node, ...others]) for (const notice of await logOf(each)) census.see(notice)
  return {
    signedTwice: census.signedTwice.length,
    refusedAlone: early === undefined,
    isRightNext: first.seq === before + 1,
  }
}

interface Issuing {
  open: () => Promise<FocalpointNode>
  others: readonly FocalpointNode[]
  census: Census
  count: number
}

/** Starts the node, issues, waits until all the others hold it, and stops the node. */
async function issueAndSpread({ open, others, census, count }: Issuing): Promise<void> {
  await using node = await open()
  for (const other of others) await node.connectTo(other.addresses())
  for (let at = 0; at < count; at++) await issueWhenItMay(node, census)
  await spread(node, others)
}

async function putBack(
  restored: Restored,
  { dataDir, copy }: { dataDir: string; copy: string },
): Promise<void> {
  if (restored === 'backup') return restoreFrom(dataDir, copy)
  const whole = { from: copy, to: dataDir }
  const parts = {
    'data folder': whole,
    database: { from: storeDirOf(copy), to: storeDirOf(dataDir) },
    'last-signed': { from: lastSignedDirOf(copy), to: lastSignedDirOf(dataDir) },
    nothing: whole,
  }
  const { from, to } = parts[restored]
  await rm(to, { recursive: true })
  if (restored !== 'nothing') await cp(from, to, { recursive: true })
}

async function backUp(dataDir: string, to: string): Promise<void> {
  const config = await configIn(dataDir)
  await createBackup({ config, rows: rowsAtRest(config, { software: 'crash' }), to, now: secondsNow() })
}

/** Over what is there, which is set aside. */
async function restoreFrom(dataDir: string, to: string): Promise<void> {
  const [name = ''] = await readdir(to)
  const backup = await verifyBackup(join(to, name))
  await restoreBackup({ backup, config: await configIn(dataDir), replace: true, now: secondsNow() })
}

async function configIn(dataDir: string): Promise<Config> {
  const [keyFile, trustFile] = [`${dataDir}.keys.json`, `${dataDir}.trust.json`]
  const { memberKeys, trust } = await crashAlliance(members, dirname(dataDir))
  await writeFile(keyFile, JSON.stringify(memberKeys[0]), { mode: 0o600 })
  await writeFile(trustFile, trust)
  return { ...crashConfig('QM', dataDir), keyFile, trustFile }
}

async function issueWhenItMay(node: FocalpointNode, census: Census): Promise<NoticeView> {
  const issued = await until('the node signs', () => tryToIssue(node))
  census.see(issued)
  return issued
}

/** The notice, or undefined where the node says that it is still recovering. */
async function tryToIssue({ desk }: FocalpointNode): Promise<NoticeView | undefined> {
  const { id } = await desk.drafts.create(numberedDraft(0), officer)
  try {
    return await desk.release(id, releaser, {})
  } catch (error) {
    await desk.drafts.remove(id, officer)
    if (isError(error, 'recovering')) return undefined
    throw error
  }
}

/** Until all hold the head of the node's own log. */
async function spread(node: FocalpointNode, others: readonly FocalpointNode[]): Promise<void> {
  const head = (await logOf(node)).at(-1)
  await until('the others hold it', async () => {
    const logs = await Promise.all(others.map(logOf))
    return logs.every(log => log.some(({ id }) => id === head?.id)) || undefined
  })
}

/** The log of QM as this node holds it, in order. */
async function logOf({ desk }: FocalpointNode): Promise<NoticeView[]> {
  const all = await desk.notices.list({ issuer: 'QM', limit: 10_000 }, { nominal: false })
  return all.sort((a, b) => a.seq - b.seq)
}

async function until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await delay(lookEveryMs)
  }
  throw new Error(`In ${patienceMs / 1000} s it did not come about that ${what}.`)
}

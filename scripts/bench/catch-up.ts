import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { noticeTypes, openTrust, parseNotice, publicKeyOf, verifyEnvelope } from '#protocol'
import { findingsOf } from '../../node/content.ts'
import { openNode } from '../../node/node.ts'
import { openStore } from '../../node/store/index.ts'
import { benchAlliance, benchConfig, exampleOf, silent } from './bench-node.ts'
import { signedLogs } from './catch-up-logs.ts'
import type { BenchOptions, Row } from './rows.ts'

const noticeCount = 50_000
/** Enough to time the loop that one would write first. */
const naiveCount = 2000
const verifyCount = 20_000

/** A short notice, some 1.2 KB as those of the systems compared with, and a whole denial of some 3 KB. */
const types = ['follow-up', 'denial']

/** A node that comes back to 50,000 notices in another process: every signature checked, every notice on disk. */
export async function run({ rounds = 1 }: BenchOptions): Promise<Row[]> {
  const rows: Row[] = []
  for (const type of types) for (let round = 0; round < rounds; round++) rows.push(await catchUp(type))
  return rows
}

async function catchUp(type: string): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-bench-'))
  try {
    const naive = await naiveRate(type, join(folder, 'naive'))
    const before = await verifyRate()
    const { rate, cpuMicroseconds, rssMiB } = await catchUpRate(type, folder)
    const wall = (before + (await verifyRate())) / 2
    return {
      name: `catch-up of ${noticeCount} × ${type}, as a share of what two cores' verify reaches`,
      value: rate / wall,
      unit: '×',
      target: '≥ 0.6',
      met: rate / wall >= 0.6,
      beside: {
        'notices/s': rate,
        'two cores, crypto.verify alone, /s': wall,
        'one by one: verify, then one synced write, /s': naive,
        'CPU of the one that catches up, µs a notice': cpuMicroseconds,
        'memory of the one that catches up, MiB': rssMiB,
      },
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What one node needs for all of it; `cpuMicroseconds` is of each notice, over all threads. */
async function catchUpRate(
  type: string,
  folder: string,
): Promise<{ rate: number; cpuMicroseconds: number; rssMiB: number }> {
  const alliance = await benchAlliance()
  const keys = alliance.memberKeys.find(({ member }) => member === 'XH')
  if (keys === undefined) throw new TypeError('There is no member XH.')
  const sender = fork(join(import.meta.dirname, 'catch-up-sender.ts'), [
    join(folder, 'sender'),
    String(noticeCount),
    type,
  ])
  try {
    const [{ addresses }] = (await once(sender, 'message')) as [{ addresses: string[] }]
    const registry = await openTrust(alliance.trust)
    const config = benchConfig('XH', join(folder, 'receiver'))
    await using node = await openNode({ config, keys, registry, log: silent })
    const { feed } = node.desk
    const started = performance.now()
    const cpuBefore = process.cpuUsage()
    await node.connectTo(addresses)
    while (feed.last() < noticeCount) await feed.changed(feed.last(), AbortSignal.timeout(600_000))
    const seconds = (performance.now() - started) / 1000
    const cpu = process.cpuUsage(cpuBefore)
    return {
      rate: noticeCount / seconds,
      cpuMicroseconds: (cpu.user + cpu.system) / noticeCount,
      rssMiB: process.memoryUsage.rss() / 1024 / 1024,
    }
  } finally {
    sender.kill()
  }
}

/** What both cores reach when they do nothing but check signatures, of texts as long as an envelope's. */
async function verifyRate(): Promise<number> {
  const { sample, key } = await signedSample()
  const started = performance.now()
  for (let done = 0; done < verifyCount; done += sample.length) {
    await Promise.all(
      sample.map(({ signature, signed }) => crypto.subtle.verify('Ed25519', key, signature, signed)),
    )
  }
  return verifyCount / ((performance.now() - started) / 1000)
}

async function signedSample() {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const sample = await Promise.all(
    Array.from({ length: 250 }, async (_, at) => {
      const signed = new TextEncoder().encode(`${at} `.padEnd(900, 'x'))
      return { signed, signature: await crypto.subtle.sign('Ed25519', privateKey, signed) }
    }),
  )
  return { sample, key: publicKey }
}

/** The loop that one would write first: parse, await the signature, await a synced write, next. */
async function naiveRate(type: string, dir: string): Promise<number> {
  const alliance = await benchAlliance()
  const registry = await openTrust(alliance.trust)
  const { net, members } = registry
  const draft = exampleOf(type)
  const texts: string[] = []
  for await (const text of signedLogs({ alliance, net, members, issuers: ['QM'], draft, count: naiveCount }))
    texts.push(text)
  await using store = await openStore({ dir })
  const started = performance.now()
  for (const text of texts) {
    const { envelope, parts } = parseNotice(text, { net })
    await verifyEnvelope(envelope, await publicKeyOf(registry, envelope.kid))
    const findings = findingsOf(envelope, parts, noticeTypes)
    const how = {
      erased: [],
      wanted: [],
      road: 'import',
      from: envelope.issuer,
      receivedAt: envelope.iat,
      isVoid: false,
    } as const
    await store.writeAlone(store.notices.admissionOps({ envelope, parts, ...how, ...findings }))
  }
  return naiveCount / ((performance.now() - started) / 1000)
}

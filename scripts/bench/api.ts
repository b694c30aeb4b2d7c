import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import autocannon from 'autocannon'
import type { Serving } from './api-server.ts'
import type { BenchOptions, Row } from './rows.ts'
import { serve } from './serve.ts'

const noticeCount = 5000
const connections = 10

/** What is read, and the share of the bare framework's rate to reach: a notice on a page may cost some four hellos. */
const routes: readonly { name: string; path: (serving: Serving) => string; least: number }[] = [
  { name: '/healthz', path: () => '/healthz', least: 0.25 },
  { name: '/v1/notices, a page of 50', path: () => '/v1/notices', least: 0.005 },
  { name: '/v1/notices, a page of 50 sightings', path: () => '/v1/notices?type=sighting', least: 0.005 },
  { name: '/v1/notices/{id}', path: ({ notices: [id] }) => `/v1/notices/${id}`, least: 0.1 },
  { name: '/v1/events, a page of 50', path: () => '/v1/events', least: 0.005 },
  { name: '/v1/goods, all', path: () => '/v1/goods', least: 0.01 },
  { name: '/v1/stats', path: () => '/v1/stats', least: 0.2 },
]

/** The read routes of a node in a process of its own, second by second in turns with the bare framework in another. */
export async function run({ rounds: seconds = 3 }: BenchOptions): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-api-'))
  try {
    await using node = await serve([folder, String(noticeCount)])
    await using bare = await serve([])
    const rows: Row[] = []
    for (const { name, path, least } of routes) {
      const [ours, hello] = await inTurns(seconds, [node.serving, path(node.serving)], [bare.serving, '/'])
      const share = ours.rate / hello.rate
      rows.push({
        name: `GET ${name}, as a share of the bare framework's hello`,
        value: share,
        unit: '×',
        target: `≥ ${least}`,
        met: share >= least,
        beside: {
          'requests/s': ours.rate,
          'p99, ms': ours.p99Ms,
          'KB an answer': ours.kilobytes,
          'hello, requests/s': hello.rate,
          'hello, p99, ms': hello.p99Ms,
        },
      })
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Loaded {
  rate: number
  p99Ms: number
  kilobytes: number
}

/** So that whatever else the machine does meets both. */
async function inTurns(
  seconds: number,
  ...asked: [[Serving, string], [Serving, string]]
): Promise<[Loaded, Loaded]> {
  const [one, other]: [Loaded[], Loaded[]] = [[], []]
  for (const of of asked) await load(...of)
  for (let turn = 0; turn < seconds; turn++) {
    one.push(await load(...asked[0]))
    other.push(await load(...asked[1]))
  }
  return [overall(one), overall(other)]
}

/** For a second. */
async function load({ url, tokens }: Serving, path: string): Promise<Loaded> {
  const headers = { authorization: `Bearer ${tokens.customs}` }
  const asked = autocannon({ url: `${url}${path}`, connections, headers, duration: 1 })
  const { requests, latency, throughput, non2xx, errors } = await asked
  if (non2xx + errors > 0) throw new Error(`${path}: ${non2xx} answers were refusals, ${errors} none at all.`)
  return {
    rate: requests.average,
    p99Ms: latency.p99,
    kilobytes: throughput.average / Math.max(1, requests.average) / 1000,
  }
}

/** The worst p99 of its seconds. */
function overall(loaded: readonly Loaded[]): Loaded {
  const mean = (of: (each: Loaded) => number) =>
    loaded.reduce((sum, each) => sum + of(each), 0) / loaded.length
  return {
    rate: mean(({ rate }) => rate),
    p99Ms: Math.max(...loaded.map(({ p99Ms }) => p99Ms)),
    kilobytes: mean(({ kilobytes }) => kilobytes),
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '../../node/people.ts'
import { everyPage, type PageToVisit } from '../pages/every-page.ts'
import type { Serving } from './api-server.ts'
import type { BenchOptions, Row } from './rows.ts'
import { serve } from './serve.ts'

const noticeCount = 5000
const p95Most = 50
const kilobytesMost = 60

/** Every page of a node with some thousand notices: how long it takes, and what it weighs with all that it loads. */
export async function run({ rounds = 40 }: BenchOptions): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-pages-'))
  try {
    await using node = await serve([folder, String(noticeCount)])
    const { serving } = node
    const cookies = new Map<Role, string>()
    const rows: Row[] = []
    for (const page of await everyPage(serving)) {
      const cookie = cookies.get(page.role) ?? (await signedIn(serving.signIn[page.role]))
      cookies.set(page.role, cookie)
      rows.push(await measure(page, { serving, cookie, rounds }))
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Measuring {
  serving: Serving
  cookie: string
  rounds: number
}

async function measure({ address, role }: PageToVisit, { serving, cookie, rounds }: Measuring): Promise<Row> {
  const url = new URL(address, serving.url)
  const first = await get(url, cookie)
  const loaded = await Promise.all(
    [...first.text.matchAll(/(?:href|src)="(\/assets\/[^"]+\.(?:css|js|svg))"/g)].map(([, asset = '']) =>
      get(new URL(asset, serving.url), cookie),
    ),
  )
  const kilobytes = [first, ...loaded].reduce((sum, { bytes }) => sum + bytes, 0) / 1000
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push((await get(url, cookie)).ms)
  const p95 = times.toSorted((one, other) => one - other)[Math.floor(rounds * 0.95)] ?? Number.NaN
  return {
    name: `${address.replace(/\/[\w-]{43}(?=[/?]|$)/, '/{id}')} as ${role}, p95`,
    value: p95,
    unit: 'ms',
    target: `≤ ${p95Most}, and ≤ ${kilobytesMost} KB`,
    met: p95 <= p95Most && kilobytes <= kilobytesMost,
    beside: {
      status: first.status,
      'KB with styles and scripts, compressed': kilobytes,
      'KB of the page alone': first.bytes / 1000,
      'median, ms': times.toSorted((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN,
    },
  }
}

async function signedIn(link: string): Promise<string> {
  const { headers } = await fetch(link, { redirect: 'manual' })
  return headers.getSetCookie().map(each => each.split(';')[0])[0] ?? ''
}

interface Got {
  status: number
  /** As they travelled. */
  bytes: number
  text: string
  ms: number
}

/** Compressed as browsers ask for it; the text is read only where it came as it is. */
async function get(url: URL, cookie: string): Promise<Got> {
  const plain = await fetch(url, { headers: { cookie, 'accept-encoding': 'identity' }, redirect: 'manual' })
  const text = await plain.text()
  const began = performance.now()
  const { status, bytes } = await travelled(url, cookie)
  return { status, bytes, text, ms: performance.now() - began }
}

function travelled(url: URL, cookie: string): Promise<Pick<Got, 'status' | 'bytes'>> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': 'br, gzip' }
    request(url, { headers }, response => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }))
      response.on('error', reject)
    })
      .on('error', reject)
      .end()
  })
}

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelNames } from '#protocol'
import { writeNothingSigned } from '../../node/last-signed.ts'
import { lastSignedDirOf } from '../crash/crash-node.ts'
import { seededRandom } from '../crash/random.ts'
import { type Child, startChild } from './child.ts'
import type { Accepted, ReceiverPlan, ReceiverSaid, SenderPlan, SenderSaid } from './talk.ts'
import { postTampered } from './tampered.ts'

const patienceMs = 300_000

export interface DeliveriesOptions {
  notices: number
  /** How often the receiver dies, before it has kept one or between keeping and answering. */
  receiverKills: number
  /** How often the node dies that sends. */
  senderKills: number
  seed: number
}

export interface DeliveriesReport {
  /** Notices that the receiver never accepted. */
  lost: number
  /** Accepted more than once. */
  doubled: number
  /** Accepted after one that comes after it. */
  outOfOrder: number
  /** Of the forged ones that were posted. */
  tamperedAccepted: number
  tampered: number
  /** Came once more after a crash, and were not taken. */
  hadAlready: number
  receiverDeaths: number
  senderDeaths: number
  perSecond: number
}

/** A node tells a receiver of every notice that it issues; both are processes of their own, and both die on the way. */
export async function deliverThroughKills(options: DeliveriesOptions): Promise<DeliveriesReport> {
  const { notices, senderKills, seed } = options
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-deliveries-'))
  const dataDir = join(folder, 'QM')
  const random = seededRandom(seed)
  const file = join(folder, 'accepted')
  const port = await freePort()
  const killsAt = momentsIn(notices, senderKills, random)
  const deaths = momentsIn(notices, options.receiverKills, random)
  const plan = {
    port,
    file,
    diesBefore: deaths.filter((_, at) => at % 2 === 0),
    diesAfter: deaths.filter((_, at) => at % 2 === 1),
  }
  const secret = Promise.withResolvers<string>()
  const first = Promise.withResolvers<void>()
  const done = Promise.withResolvers<void>()
  const report = { hadAlready: 0, receiverDeaths: 0, senderDeaths: 0 }
  let genuine = { headers: {}, body: '' }
  let isOver = false
  let sender: Child | undefined
  let receiver: Child | undefined

  const startSender = () => {
    const plan: SenderPlan = { dataDir, url: `http://127.0.0.1:${port}/in`, notices }
    sender = startChild<SenderSaid>('sender.ts', plan, said => {
      if (said.said === 'subscribed') secret.resolve(said.secret)
      if (said.said === 'done') done.resolve()
    })
  }
  const startReceiver = (
    secret: string,
    { diesBefore, diesAfter }: Pick<ReceiverPlan, 'diesBefore' | 'diesAfter'>,
  ) => {
    const started = startChild<ReceiverSaid>(
      'receiver.ts',
      { ...plan, secret, diesBefore, diesAfter },
      said => {
        if (said.said === 'had') report.hadAlready += 1
        if (said.said !== 'accepted') return
        genuine = said
        first.resolve()
        if (said.count < (killsAt[0] ?? Number.POSITIVE_INFINITY)) return
        killsAt.shift()
        report.senderDeaths += 1
        void sender?.kill().then(startSender)
      },
    )
    receiver = started
    void started.ended.then(async () => {
      if (isOver) return
      report.receiverDeaths += 1
      // Each moment once: the one that it died at, or had come to, lies behind.
      const kept = (await readAccepted(file)).length
      startReceiver(secret, {
        diesBefore: diesBefore.filter(count => count > kept),
        diesAfter: diesAfter.filter(count => count > kept),
      })
    })
  }

  try {
    await writeNothingSigned(lastSignedDirOf(dataDir), channelNames)
    startSender()
    startReceiver(await within(secret.promise, 'the subscription was made'), plan)
    await within(first.promise, 'the first was accepted')
    const began = performance.now()
    await within(done.promise, 'all were told')
    const seconds = (performance.now() - began) / 1000
    const tampered = await postTampered(`http://127.0.0.1:${port}/in`, genuine)
    const accepted = await readAccepted(file)
    return {
      ...report,
      ...compared(accepted, notices),
      tampered: tampered.length,
      tamperedAccepted: tampered.filter(status => status < 400).length,
      perSecond: accepted.length / seconds,
    }
  } finally {
    isOver = true
    await sender?.kill()
    await receiver?.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

function compared(
  accepted: readonly Accepted[],
  notices: number,
): Pick<DeliveriesReport, 'lost' | 'doubled' | 'outOfOrder'> {
  const places = accepted.map(({ seq }) => seq)
  return {
    lost: notices - new Set(places).size,
    doubled: places.length - Math.min(new Set(places).size, new Set(accepted.map(({ id }) => id)).size),
    outOfOrder: places.filter((seq, at) => seq < (places[at - 1] ?? 0)).length,
  }
}

async function readAccepted(file: string): Promise<Accepted[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
}

/** So many different counts, none of them the first or the last, in order. */
function momentsIn(notices: number, count: number, random: () => number): number[] {
  const moments = new Set<number>()
  const wanted = Math.min(count, notices - 2)
  while (moments.size < wanted) moments.add(1 + Math.floor(random() * (notices - 1)))
  return [...moments].sort((a, b) => a - b)
}

async function within<Value>(promise: Promise<Value>, what: string): Promise<Value> {
  const late = Promise.withResolvers<never>()
  const fail = () => late.reject(new Error(`In ${patienceMs / 1000} s it did not come about that ${what}.`))
  const timer = setTimeout(fail, patienceMs)
  try {
    return await Promise.race([promise, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

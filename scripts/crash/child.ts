// A node in a process of its own, to be killed: `node child.ts PLAN`. It issues, or receives, as fast as it can, and
// says so only once the node has promised it. It ends when its parent does.
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { isError } from '#protocol'
import type { NoticeView } from '../../node/desk/desk.ts'
import { officer, onceFor, releaser } from '../bench/bench-node.ts'
import { numberedDraft, openCrashNode } from './crash-node.ts'
import type { ChildPlan, Said, Told } from './talk.ts'

const lookEveryMs = 10
const feedPage = 1000

const plan: ChildPlan = JSON.parse(process.argv[2] ?? '')
/** What it was told last. */
let order: Exclude<Told, object> | undefined
// Else nothing is kept: who is killed writes no cache at its end.
flushCompileCache()
say({ said: 'started', pid: process.pid })
const { desk, connectTo, addresses } = await openCrashNode(plan)
const lines = createInterface({ input: process.stdin })
lines.on('line', line => void hear(JSON.parse(line)))
lines.on('close', () => process.exit())
say({ said: 'open', addresses: addresses() })
await (plan.isIssuer ? issueOn() : receiveOn())

async function issueOn(): Promise<void> {
  let number = plan.nextNumber
  if (plan.unanswered) await askAgain(plan.unanswered)
  while (order !== 'pause') {
    await draftAndRelease(number)
    number += 1
  }
  say({ said: 'paused' })
}

async function draftAndRelease(number: number): Promise<void> {
  const { id: draft } = await desk.drafts.create(numberedDraft(number), officer)
  await release(draft, number)
}

/** What a program does whose question was never answered. */
async function askAgain({ draft, number }: { draft: string; number: number }): Promise<void> {
  if (plan.unsafeNoKey) return draftAndRelease(number)
  try {
    await release(draft, number)
  } catch (error) {
    // The draft itself was lost with a power cut that its author has seen: it is written again.
    if (!isError(error, 'not-found')) throw error
    await draftAndRelease(number)
  }
}

async function release(draft: string, number: number): Promise<void> {
  say({ said: 'releasing', draft, number })
  const { seq, id } = await releaseWhenItMay(draft)
  if (order === 'die unanswered') process.kill(process.pid, 'SIGKILL')
  say({ said: 'released', number, seq, id })
}

async function releaseWhenItMay(draft: string): Promise<NoticeView> {
  for (;;) {
    try {
      return await desk.release(draft, releaser, plan.unsafeNoKey ? {} : { once: onceFor(draft) })
    } catch (error) {
      if (!isError(error, 'recovering')) throw error
      await delay(lookEveryMs)
    }
  }
}

async function receiveOn(): Promise<void> {
  let { cursor } = plan
  for (;;) {
    for (const entry of desk.feed.after(cursor, feedPage)) {
      cursor = entry.cursor
      if (entry.kind !== 'notice') continue
      const notice = await desk.notices.find(entry.id, { nominal: false })
      if (notice) say({ said: 'received', cursor, seq: notice.seq, id: notice.id })
    }
    await desk.feed.changed(cursor, new AbortController().signal)
  }
}

async function hear(told: Told): Promise<void> {
  if (typeof told === 'string') order = told
  else await connectTo(told.connect)
}

/** Out of this process before anything else is done. */
function say(said: Said): void {
  writeSync(1, `${JSON.stringify(said)}\n`)
}

// A whole node in a process of its own, to be killed: `node sender.ts PLAN`. It issues notices, and tells a receiver of
// all of them. It ends when its parent does.
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { isError } from '#protocol'
import { officer, releaser } from '../bench/bench-node.ts'
import { numberedDraft, openCrashNode } from '../crash/crash-node.ts'
import type { SenderPlan, SenderSaid } from './talk.ts'

const lookEveryMs = 10

const plan: SenderPlan = JSON.parse(process.argv[2] ?? '')
flushCompileCache()
process.stdin.resume().on('end', () => process.exit())
const { desk, people } = await openCrashNode({
  member: 'QM',
  dataDir: plan.dataDir,
  members: 1,
  backOffMs: () => lookEveryMs,
})
await subscribe()
await issueAll()
while (!isTold()) await delay(lookEveryMs)
say({ said: 'done' })

/** Once: after a kill it is there already. */
async function subscribe(): Promise<void> {
  if (desk.subscriptions.list().length > 0) return
  const [person = await people.add({ name: 'Customs', roles: ['customs'] })] = people.list()
  const { secret } = await desk.subscriptions.create(person.id, {
    label: 'All',
    filter: {},
    remarks: true,
    matches: false,
    target: { kind: 'webhook', url: plan.url },
    after: 0,
  })
  say({ said: 'subscribed', secret })
}

async function issueAll(): Promise<void> {
  for (let number = desk.feed.last() + 1; number <= plan.notices; number++) {
    const { id } = await desk.drafts.create(numberedDraft(number), officer)
    await release(id)
  }
  say({ said: 'issued', notices: plan.notices })
}

async function release(draft: string): Promise<void> {
  for (;;) {
    try {
      await desk.release(draft, releaser, {})
      return
    } catch (error) {
      if (!isError(error, 'recovering')) throw error
      await delay(lookEveryMs)
    }
  }
}

function isTold(): boolean {
  const [subscription] = desk.subscriptions.list()
  return subscription?.cursor === desk.feed.last() && subscription.waiting === 0
}

function say(said: SenderSaid): void {
  writeSync(1, `${JSON.stringify(said)}\n`)
}

// A receiver as a customs system would have it, in a process of its own: `node receiver.ts PLAN`. It verifies what is
// posted with the library of Standard Webhooks, keeps each id once in a file that it flushes, and only then answers.
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import type { Accepted, ReceiverPlan, ReceiverSaid } from './talk.ts'

const plan: ReceiverPlan = JSON.parse(process.argv[2] ?? '')
const webhook = new Webhook(plan.secret)
const accepted = new Set<string>(
  existsSync(plan.file)
    ? readFileSync(plan.file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => (JSON.parse(line) as Accepted).id)
    : [],
)
const file = openSync(plan.file, 'a')
process.on('exit', () => closeSync(file))

const server = createServer(async (request, response) => {
  const body = await text(request)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const answer = (status: number) => void response.writeHead(status).end(`so it is ${status}`)
  let event: { id: string; subject: string; data: { seq?: number } }
  try {
    event = webhook.verify(body, headers) as typeof event
  } catch {
    return answer(401)
  }
  if (event.id !== headers['webhook-id']) return answer(400)
  if (accepted.has(event.id)) {
    say({ said: 'had', id: event.id })
    return answer(204)
  }
  if (plan.diesBefore.includes(accepted.size)) process.kill(process.pid, 'SIGKILL')
  keep({ id: event.id, subject: event.subject, seq: event.data.seq ?? 0 })
  if (plan.diesAfter.includes(accepted.size)) process.kill(process.pid, 'SIGKILL')
  say({ said: 'accepted', count: accepted.size, headers, body })
  answer(204)
})
server.listen(plan.port, '127.0.0.1', () => {
  say({ said: 'listening', port: (server.address() as AddressInfo).port })
})
process.stdin.resume().on('end', () => process.exit())

/** On the disk before anybody is told. */
function keep(line: Accepted): void {
  accepted.add(line.id)
  appendFileSync(file, `${JSON.stringify(line)}\n`)
  fsyncSync(file)
}

function say(said: ReceiverSaid): void {
  writeSync(1, `${JSON.stringify(said)}\n`)
}

import { expect, test } from 'vitest'
import { serverSentEvents } from '../../../node/cli/server-sent-events.ts'

async function eventsOf(pieces: readonly Uint8Array<ArrayBuffer>[]): Promise<string[]> {
  const body = new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  const events: string[] = []
  for await (const { data } of serverSentEvents(new Response(body))) events.push(data)
  return events
}

test('a stream cut at any byte gives the same events, without the heartbeats', async () => {
  const text =
    'retry: 3000\n\nid: 1\nevent: notice\ndata: {"a":"é"}\n\n: heartbeat\n\ndata: one\ndata: two\n\n'
  const bytes = new TextEncoder().encode(text)
  for (let at = 1; at < bytes.length; at++) {
    expect(await eventsOf([bytes.slice(0, at), bytes.slice(at)])).toEqual(['{"a":"é"}', 'one\ntwo'])
  }
})

test('an event that did not end is not told', async () => {
  expect(await eventsOf([new TextEncoder().encode('data: whole\n\ndata: ha')])).toEqual(['whole'])
})

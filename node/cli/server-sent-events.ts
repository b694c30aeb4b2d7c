/** One event of a stream, as far as we read it. */
export interface ServerSentEvent {
  data: string
}

/** The events of an answer as they come (WHATWG HTML, 9.2): blocks of lines, each ended by an empty one. */
export async function* serverSentEvents(answer: Response): AsyncGenerator<ServerSentEvent> {
  if (answer.body === null) return
  let rest = ''
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${text}`.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = dataOf(block)
      if (data !== undefined) yield { data }
    }
  }
}

function dataOf(block: string): string | undefined {
  const lines = block.split(/\r?\n/).filter(line => line.startsWith('data:'))
  return lines.length === 0 ? undefined : lines.map(line => line.slice(5).replace(/^ /, '')).join('\n')
}

import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { FocalpointError } from '#protocol'
import { problemMediaType, problemOf } from '../desk/problem.ts'

/** What never became a request, for Node could not read it: told in the form of all failures, and cut off. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = problemOf(
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new FocalpointError('headers-too-large', 'The headers have more than 16 KiB.', { limit: 16_384 })
      : new FocalpointError('http-malformed', 'This is no complete HTTP request.', {
          what: error.code ?? '',
        }),
  )
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(error)
}

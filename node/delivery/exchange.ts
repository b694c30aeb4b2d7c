import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { retryAfterMs } from './back-off.ts'
import { deliveryLimits } from './limits.ts'
import type { Address, Road } from './target.ts'

/** What came of sending once. */
export interface Answered {
  outcome: 'delivered' | 'redirected' | 'refused' | 'timed-out' | 'untrusted' | 'unreachable'
  status?: number
  /** What went wrong, in words for people. */
  detail?: string
  /** The beginning of its text. */
  answer?: string
  retryAfterMs?: number
}

export interface Sending {
  headers: Record<string, string>
  body: string
  /** Seconds since 1970. */
  now: number
  signal: AbortSignal
  limitMs?: number
}

/** Posts once, to the addresses that were judged and to no other; never follows, and reads only the beginning. */
export async function exchange({ url, addresses }: Road, sending: Sending): Promise<Answered> {
  const { limitMs = deliveryLimits.exchangeMs, now, body } = sending
  const limit = AbortSignal.timeout(limitMs)
  const signal = AbortSignal.any([limit, sending.signal])
  const { promise, resolve } = Promise.withResolvers<Answered>()
  const send = url.protocol === 'https:' ? requestSecure : requestPlain
  const request = send(url, {
    method: 'POST',
    headers: { ...sending.headers, 'content-length': Buffer.byteLength(body) },
    // A new agent for each: no connection is kept, and none goes through a proxy that the environment names.
    agent: false,
    lookup: pinnedTo(addresses),
    // Also where the environment says otherwise.
    rejectUnauthorized: true,
    signal,
  })
  let end: (() => void) | undefined
  request.on('response', response => {
    const pieces: Buffer[] = []
    end = () => {
      resolve(answeredWith(response, Buffer.concat(pieces), now))
      request.destroy()
    }
    response.on('data', (piece: Buffer) => {
      pieces.push(piece)
      if (pieces.reduce((sum, { length }) => sum + length, 0) >= deliveryLimits.answerBytes) end?.()
    })
    for (const over of ['end', 'error', 'close']) response.on(over, end)
  })
  // A receiver that wants to speak another protocol has answered, and gets nothing.
  request.on('upgrade', (response, socket) => {
    socket.destroy()
    resolve(answeredWith(response, Buffer.alloc(0), now))
  })
  // Whatever else ends a connection ends the exchange: of a promise that is settled this changes nothing.
  request.on('close', () =>
    end ? end() : resolve(limit.aborted ? timedOut(limitMs) : failureOf(new Error('it was closed'))),
  )
  // Once a status was told it is the answer, also where the rest is cut off or comes too late.
  request.on('error', error => {
    if (end) end()
    else resolve(limit.aborted ? timedOut(limitMs) : failureOf(error))
  })
  request.end(body)
  return promise
}

function answeredWith(
  { statusCode: status = 0, headers }: IncomingMessage,
  bytes: Buffer,
  now: number,
): Answered {
  const after = retryAfterMs(headers['retry-after'], now)
  const answer = textOf(bytes)
  return {
    ...judgedBy(status),
    status,
    ...(answer !== '' && { answer }),
    ...(after !== undefined && { retryAfterMs: after }),
  }
}

function judgedBy(status: number): Pick<Answered, 'outcome' | 'detail'> {
  if (status >= 200 && status < 300) return { outcome: 'delivered' }
  if (status >= 300 && status < 400)
    return { outcome: 'redirected', detail: `It answered ${status}: redirects are not followed.` }
  return { outcome: 'refused', detail: `It answered ${status}.` }
}

function timedOut(limitMs: number): Answered {
  return { outcome: 'timed-out', detail: `It did not answer within ${limitMs / 1000} s.` }
}

const isOfTls = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH)/

function failureOf(error: Error & { code?: string }): Answered {
  const { code = '', message } = error
  return isOfTls.test(code)
    ? { outcome: 'untrusted', detail: `Its certificate is not trusted: ${code}.` }
    : { outcome: 'unreachable', detail: `It could not be reached: ${code === '' ? message : code}.` }
}

/** Gives what was judged before, whatever the name leads to by now. */
function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family)
  }
}

/** A stranger's bytes, as far as people read them. */
function textOf(bytes: Buffer): string {
  return bytes
    .subarray(0, deliveryLimits.answerBytes)
    .toString('utf8')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, deliveryLimits.answerCharacters)
}

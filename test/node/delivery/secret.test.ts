import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newSecret, rotated, signedHeaders } from '../../../node/delivery/secret.ts'

const now = Math.floor(Date.now() / 1000)
const body = '{"a":1}'
const day = 86_400

function isTakenWith(secret: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers)
    return true
  } catch {
    return false
  }
}

test('a secret has the form and the length that Standard Webhooks asks for', () => {
  const { current } = newSecret()
  expect(current).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(Buffer.from(current.slice(6), 'base64')).toHaveLength(32)
  expect(newSecret().current).not.toBe(current)
})

test('for a day after a rotation both secrets verify, then the new one alone', () => {
  const before = newSecret()
  const after = rotated(before, now - day + 10)
  const headers = signedHeaders(after, { id: 'msg_1', body, now })
  expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/)
  expect(isTakenWith(before.current, headers)).toBe(true)
  expect(isTakenWith(after.current, headers)).toBe(true)

  const later = signedHeaders(rotated(before, now - day), { id: 'msg_1', body, now })
  expect(isTakenWith(before.current, later)).toBe(false)
})

test('the one before the last is no secret any more', () => {
  const first = newSecret()
  const third = rotated(rotated(first, now), now)
  expect(isTakenWith(first.current, signedHeaders(third, { id: 'msg_1', body, now }))).toBe(false)
})

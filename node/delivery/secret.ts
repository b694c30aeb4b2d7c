import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { WebhookSecret } from '../subscription.ts'
import { deliveryLimits } from './limits.ts'

/** As the specification of Standard Webhooks asks: 24 to 64 bytes. */
const secretBytes = 32

export function newSecret(): WebhookSecret {
  return { current: `whsec_${randomBytes(secretBytes).toString('base64')}` }
}

/** A new one, beside which the one before holds for a day, so that the receiver can be given it in peace. */
export function rotated(before: WebhookSecret | undefined, now: number): WebhookSecret {
  const { current } = newSecret()
  if (before === undefined) return { current }
  return { current, before: { secret: before.current, until: now + deliveryLimits.secretOverlapSeconds } }
}

/** The headers of Standard Webhooks; during a rotation with the signatures of both secrets. */
export function signedHeaders(
  secret: WebhookSecret,
  { id, body, now }: { id: string; body: string; now: number },
): Record<string, string> {
  const { current, before } = secret
  const secrets = before !== undefined && now < before.until ? [current, before.secret] : [current]
  const signatures = secrets.map(each => new Webhook(each).sign(id, new Date(now * 1000), body))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(now),
    'webhook-signature': signatures.join(' '),
  }
}

import type { GateErrorCode } from './errors.ts'

/**
 * What the gate says of an envelope. `accept`: pass it on. `ignore`: do not pass it on. `reject`: the same, and the
 * sender pays for it. `hold`: do not pass it on yet, keep it in memory until it can be judged.
 */
export type Verdict = 'accept' | 'ignore' | 'reject' | 'hold'

/**
 * The verdict of each finding. `reject` only where every honest node would, whatever its registry, clock, head, load,
 * software version or readable parts: else one node's ignorance would cost another its good name.
 */
export const verdicts = {
  'notice-too-large': 'reject',
  'queue-full': 'ignore',
  'text-not-canonical': 'reject',
  'header-not-exact': 'reject',
  'net-differs': 'reject',
  'payload-too-deep': 'reject',
  'payload-not-canonical': 'reject',
  'payload-malformed': 'reject',
  'channel-differs': 'reject',
  'part-malformed': 'reject',
  'part-not-committed': 'reject',
  'part-duplicated': 'reject',
  'part-stripped': 'reject',
  'part-exposed': 'reject',
  'already-held': 'ignore',
  'key-unknown': 'hold',
  'key-of-another': 'ignore',
  'no-authority': 'ignore',
  'over-budget': 'ignore',
  'signature-invalid': 'reject',
  'notice-void': 'ignore',
  'key-stopped': 'ignore',
  'log-frozen': 'ignore',
  // The signature is good and others may hold what lies between: it is passed on while we ask for the rest.
  gap: 'accept',
  fork: 'ignore',
  'chain-broken': 'ignore',
} as const satisfies Record<GateErrorCode, Verdict>

export function isGateCode(code: string): code is GateErrorCode {
  return Object.hasOwn(verdicts, code)
}

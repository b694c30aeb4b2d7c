import { limits } from '#protocol'

/** How much of one issuer the gate looks at: 60 a minute, bursts of 200. Over it the log is caught up instead. */
export class IssuerBudgets {
  readonly #left = new Map<string, { tokens: number; at: number }>()

  /** Whether there is budget; does not spend it: a forgery in an issuer's name must not use up its budget. */
  allows(issuer: string, nowSeconds: number): boolean {
    return this.#refilled(issuer, nowSeconds).tokens >= 1
  }

  /** Spends one, after the signature has shown who spoke. */
  charge(issuer: string, nowSeconds: number): void {
    this.#refilled(issuer, nowSeconds).tokens -= 1
  }

  #refilled(issuer: string, nowSeconds: number): { tokens: number; at: number } {
    const bucket = this.#left.get(issuer) ?? { tokens: limits.noticesPerIssuerBurst, at: nowSeconds }
    const minutes = Math.max(0, nowSeconds - bucket.at) / 60
    bucket.tokens = Math.min(
      limits.noticesPerIssuerBurst,
      bucket.tokens + minutes * limits.noticesPerIssuerPerMinute,
    )
    bucket.at = nowSeconds
    this.#left.set(issuer, bucket)
    return bucket
  }
}

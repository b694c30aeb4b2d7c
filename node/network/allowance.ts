/** So many at once, and so many a second after that, for each key by itself. */
export class Allowance {
  readonly #burst: number
  readonly #perSecond: number
  readonly #accounts = new Map<string, { left: number; at: number }>()

  constructor({ burst, perSecond }: { burst: number; perSecond: number }) {
    this.#burst = burst
    this.#perSecond = perSecond
  }

  /** Takes one; false, and nothing taken, where none is left. */
  take(key: string): boolean {
    const account = this.#refilled(key)
    if (account.left < 1) return false
    account.left -= 1
    return true
  }

  /** Takes all the same what is not there; the milliseconds until the debt is paid off, 0 without one. */
  overdraw(key: string, amount = 1): number {
    const account = this.#refilled(key)
    account.left -= amount
    return Math.max(0, (-account.left / this.#perSecond) * 1_000)
  }

  #refilled(key: string): { left: number; at: number } {
    const now = performance.now()
    const account = this.#accounts.get(key) ?? { left: this.#burst, at: now }
    account.left = Math.min(this.#burst, account.left + ((now - account.at) / 1_000) * this.#perSecond)
    account.at = now
    this.#accounts.set(key, account)
    return account
  }
}

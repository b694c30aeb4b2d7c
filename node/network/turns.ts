/** After so long a round no longer holds the others back: who answers slowly must not keep us from all. */
const turnMs = 3_000

/** One at a time, in order of asking. */
export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Resolves to the turn, which ends when it is disposed of, or when it has lasted too long. */
  async take(): Promise<Disposable> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last = promise
    await before
    const timer = setTimeout(resolve, turnMs)
    return {
      [Symbol.dispose]: () => {
        clearTimeout(timer)
        resolve()
      },
    }
  }
}

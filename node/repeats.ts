import type { Once } from './people.ts'
import type { Store } from './store/index.ts'

/** Whoever asks again does so within minutes; the draft of the IETF leaves it to the server. */
const keptForSeconds = 86_400

/** What came of requests that may be sent again. */
export interface Repeats {
  /** The id of what was made. Throws `idempotency-key-reused`. */
  find: (once: Once) => string | undefined
  /** The same, else of what this makes and keeps now: asked twice at once it makes one. */
  make: (once: Once, make: () => Promise<string>) => Promise<string>
  /** Durable once it resolves; nothing new where it was written together with what was made. */
  keep: (once: Once, id: string) => Promise<void>
  /** Those of more than a day ago. */
  forget: () => Promise<void>
}

export function openRepeats({ store, now }: { store: Store; now: () => number }): Repeats {
  const underWay = new Map<string, Promise<string>>()
  return {
    find: once => store.idempotency.find(once),
    async make(once, make) {
      const made = store.idempotency.find(once)
      if (made !== undefined) return made
      const name = JSON.stringify([once.person, once.key, once.digest])
      const making = underWay.get(name) ?? make().finally(() => underWay.delete(name))
      underWay.set(name, making)
      return making
    },
    async keep(once, id) {
      if (store.idempotency.find(once) !== undefined) return
      await store.writeAlone(store.idempotency.putOps(once, { id, at: now() }))
    },
    async forget() {
      const forgotten = await store.idempotency.forgetOps(now() - keptForSeconds)
      if (forgotten.length > 0) await store.write(forgotten)
    },
  }
}

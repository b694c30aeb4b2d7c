import { randomUUID } from 'node:crypto'
import { FocalpointError, isError } from '#protocol'
import type { Logger } from './core.ts'
import type { Sending, SendingsDesk } from './desk/drafting.ts'
import type { People, Person } from './people.ts'
import type { Release } from './release.ts'
import type { Store, StoredSending } from './store/index.ts'

// Released on a page → a row is written (counting) → its time comes → signed, and the row goes in the batch of the
// notice. Until it is being signed anybody who may can stop it. After a restart nothing is sent by itself: the row is
// of another run, and somebody must release once more.

export interface SendingsOptions {
  store: Store
  release: Release
  people: Pick<People, 'find'>
  pauseSeconds: number
  now: () => number
  log: Logger
  /** Told once it is signed: who released it, and the notice. */
  onSent: (person: string, notice: string) => Promise<unknown>
}

/** What was released and waits a little, so that it can still be stopped. */
export class Sendings implements SendingsDesk {
  readonly #options: SendingsOptions
  readonly #run = randomUUID()
  /** Ids of drafts that are being signed at this moment. */
  readonly #signing = new Set<string>()
  /** Ids of drafts that were stopped at this moment, before the disk knows. */
  readonly #stopping = new Set<string>()

  constructor(options: SendingsOptions) {
    this.#options = options
  }

  get pauseSeconds(): number {
    return this.#options.pauseSeconds
  }

  find(draft: string): Sending | undefined {
    const held = this.#options.store.sendings.find(draft)
    return held && this.#told(held)
  }

  list(): Sending[] {
    return this.#options.store.sendings.list().map(held => this.#told(held))
  }

  async begin(draft: string, person: Person, { version }: { version: number }): Promise<void> {
    const { store, release, pauseSeconds, now, log } = this.#options
    release.checkMay(draft, person, version)
    const at = now()
    const row = { draft, version, by: person.id, at, sendAt: at + pauseSeconds, run: this.#run }
    await store.writeAlone(store.sendings.beginOps(row))
    log.info({ draft, seconds: pauseSeconds }, 'a draft was released and waits to be sent')
    if (pauseSeconds === 0) await this.run()
  }

  async stop(draft: string, person: Person): Promise<void> {
    const { store, log } = this.#options
    if (this.#signing.has(draft)) {
      throw new FocalpointError(
        'conflict',
        'It is being signed at this moment and can no longer be stopped.',
        {
          what: 'sending',
        },
      )
    }
    this.#stopping.add(draft)
    try {
      await store.writeAlone(store.sendings.stopOps(draft))
    } finally {
      this.#stopping.delete(draft)
    }
    log.info({ draft, person: person.id }, 'the sending of a draft was stopped')
  }

  /** Signs all whose time has come. */
  async run(): Promise<void> {
    const due = this.#options.store.sendings.list().filter(each => this.#isDue(each))
    for (const each of due) await this.#send(each)
  }

  #isDue(held: StoredSending): boolean {
    return (
      held.run === this.#run &&
      held.failed === undefined &&
      held.sendAt <= this.#options.now() &&
      !this.#signing.has(held.draft) &&
      !this.#stopping.has(held.draft)
    )
  }

  async #send(held: StoredSending): Promise<void> {
    const { store, release, log, onSent } = this.#options
    // Stopped while others of this turn were signed.
    if (store.sendings.find(held.draft)?.at !== held.at || !this.#isDue(held)) return
    this.#signing.add(held.draft)
    try {
      const person = this.#releaser(held)
      const { envelope } = await release.release(held.draft, person, { version: held.version })
      await onSent(person.id, envelope.id)
    } catch (thrown) {
      if (isError(thrown, 'already-released'))
        return await store.writeAlone(store.sendings.deleteOps(held.draft))
      if (!isError(thrown)) throw thrown
      const { code, message } = thrown
      log.warn({ draft: held.draft, code }, 'a released draft could not be sent')
      await store.writeAlone(store.sendings.failOps(held, { code, message }))
    } finally {
      this.#signing.delete(held.draft)
    }
  }

  /** Whoever lost the right in the meantime sends nothing. */
  #releaser({ by }: StoredSending): Person {
    const person = this.#options.people.find(by)
    if (person !== undefined && !person.disabled && person.roles.includes('releaser')) return person
    throw new FocalpointError('forbidden', 'Whoever released this may no longer release.', {
      needs: ['releaser'],
    })
  }

  #told({ run, ...held }: StoredSending): Sending {
    if (held.failed !== undefined) return { ...held, state: 'failed' }
    return { ...held, state: run === this.#run ? 'counting' : 'interrupted' }
  }
}

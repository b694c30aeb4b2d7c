import { FocalpointError, sha256 } from '#protocol'
import type { KeptNotice } from './admission.ts'
import type { Drafts } from './drafts.ts'
import type { Issuer } from './issue.ts'
import type { Person } from './people.ts'
import type { Store } from './store/index.ts'

export interface ReleaseOptions {
  drafts: Drafts
  issuer: Issuer
  store: Store
  now: () => number
}

/** Makes a draft into a notice, by another person than wrote it: four eyes, whatever the tokens. */
export class Release {
  readonly #options: ReleaseOptions
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: ReleaseOptions) {
    this.#options = options
  }

  /** One at a time, so that a draft released twice at once becomes one notice. */
  release(
    draftId: string,
    person: Person,
    { idempotencyKey }: { idempotencyKey?: string },
  ): Promise<KeptNotice> {
    const released = this.#last.then(() => this.#releaseNow(draftId, person, idempotencyKey))
    this.#last = released.catch(() => {})
    return released
  }

  async #releaseNow(draftId: string, person: Person, key: string | undefined): Promise<KeptNotice> {
    const { drafts, issuer, store, now } = this.#options
    const before = this.#releasedBefore(draftId, key)
    if (before !== undefined) return before
    const { draft, editors } = drafts.getOpen(draftId)
    if (editors.includes(person.id)) {
      throw new FocalpointError(
        'four-eyes',
        'Somebody else than who wrote or changed this draft must release it.',
        {
          person: person.id,
        },
      )
    }
    drafts.checkReleasable(draft)
    return issuer.issue(draft, drafts.channelOf(draft), id => [
      ...store.drafts.releasedOps(draftId, id, now()),
      ...(key === undefined
        ? []
        : store.idempotency.putOps(key, { draftId, noticeId: id, digest: sha256(draftId) })),
    ])
  }

  /** The notice that this key has released already. Throws `idempotency-key-reused` for another draft. */
  #releasedBefore(draftId: string, key: string | undefined): KeptNotice | undefined {
    const { store } = this.#options
    const found = key === undefined ? undefined : store.idempotency.findIdempotent(key)
    if (key === undefined || found === undefined) return undefined
    if (found.draftId !== draftId) {
      throw new FocalpointError(
        'idempotency-key-reused',
        'This Idempotency-Key was used to release another draft.',
        { key },
      )
    }
    return store.notices.find(found.noticeId)
  }
}

import { FocalpointError } from '#protocol'
import type { KeptNotice } from './admission.ts'
import { checkWaits, type Drafts } from './drafts.ts'
import type { Issuer } from './issue.ts'
import type { Once, Person } from './people.ts'
import type { OpenDraft, Store } from './store/index.ts'

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

  /**
   * One at a time, so that a draft released twice at once becomes one notice. Throws `draft-changed` when another version
   * is held than the one that was read.
   */
  release(
    draftId: string,
    person: Person,
    { once, version }: { once?: Once; version?: number } = {},
  ): Promise<KeptNotice> {
    const released = this.#last.then(() => this.#releaseNow(draftId, person, { once, version }))
    this.#last = released.catch(() => {})
    return released
  }

  /** In turn with releases: what was sent back is not signed afterwards. Throws as `Drafts.sendBack` does. */
  sendBack(draftId: string, reason: string, person: Person, o: { version?: number }): Promise<OpenDraft> {
    const returned = this.#last.then(() => this.#options.drafts.sendBack(draftId, reason, person, o))
    this.#last = returned.catch(() => {})
    return returned
  }

  async #releaseNow(
    draftId: string,
    person: Person,
    { once, version }: { once: Once | undefined; version: number | undefined },
  ): Promise<KeptNotice> {
    const { drafts, issuer, store, now } = this.#options
    const before = once && store.idempotency.find(once)
    const releasedBefore = before === undefined ? undefined : store.notices.find(before)
    if (releasedBefore !== undefined) return releasedBefore
    const { draft, version: signed } = this.checkMay(draftId, person, version)
    return issuer.issue(draft, drafts.channelOf(draft), id => [
      ...store.drafts.releasedOps(draftId, { releasedAs: id, at: now(), by: person.id, version: signed }),
      ...store.unfinished.deleteOps(draftId),
      ...store.sendings.deleteOps(draftId),
      ...(once === undefined ? [] : store.idempotency.putOps(once, { id, at: now() })),
    ])
  }

  /** The draft, when this person may release this version of it now. Throws as `release` does before it signs. */
  checkMay(draftId: string, person: Person, version: number | undefined): OpenDraft {
    const { drafts } = this.#options
    const open = drafts.getOpen(draftId)
    const { draft, editors, version: held } = open
    checkWaits(open)
    if (version !== undefined && version !== held) {
      throw new FocalpointError(
        'draft-changed',
        'Somebody changed this draft since you read it: read it again, then release it.',
        { draft: draftId },
      )
    }
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
    drafts.channelOf(draft)
    return open
  }
}

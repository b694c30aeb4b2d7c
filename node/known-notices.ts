import { findNoticeType, isObject, type JsonObject, type NoticeType } from '#protocol'
import type { KeptNotice } from './admission.ts'
import { contentOf } from './content.ts'
import type { KnownNotice, Look } from './screening/index.ts'
import type { Store } from './store/index.ts'
import type { Viewer } from './view.ts'

export interface KnownNoticesOptions {
  store: Store
  types: readonly NoticeType[]
  viewer: Pick<Viewer, 'effectsOn' | 'standing'>
}

/** What the screening index is told of the notices that are kept here. */
export class KnownNotices {
  readonly #options: KnownNoticesOptions

  constructor(options: KnownNoticesOptions) {
    this.#options = options
  }

  async look(id: string): Promise<Look> {
    const kept = this.#options.store.notices.find(id)
    if (kept === undefined) return { refs: [] }
    const notice = await this.#known(kept)
    const refs = contentOf(kept.envelope, kept.parts).refs.map(({ id }) => id)
    return { refs, ...(notice !== undefined && { notice }) }
  }

  isInForce(id: string): boolean {
    const kept = this.#options.store.notices.find(id)
    return kept !== undefined && inForce.includes(this.#options.viewer.standing(kept))
  }

  /** Withdrawn, void and erased ones are met by nothing, nor is a body that does not follow its form. */
  async #known(kept: KeptNotice): Promise<KnownNotice | undefined> {
    const { types, viewer } = this.#options
    const { type: name, body, nominal = {} } = contentOf(kept.envelope, kept.parts)
    const type = findNoticeType(name, types)
    if (kept.isVoid || body === undefined || kept.flags.includes('body-form')) return undefined
    const keys = type?.screening?.(body as never)
    const effects = keys === undefined ? [] : await viewer.effectsOn(kept)
    if (type === undefined || keys === undefined || effects.includes('withdrawn')) return undefined
    return {
      id: kept.envelope.id,
      issuer: kept.envelope.issuer,
      type: name,
      summary: type.summary(body as never),
      exercise: kept.envelope.exercise,
      isCorrected: effects.includes('corrected'),
      keys,
      parties: objectIn(body.parties),
      nominal: kept.flags.includes('nominal-form') ? {} : nominal,
    }
  }
}

const inForce: readonly string[] = ['verified', 'key since retired']

function objectIn(value: unknown): JsonObject {
  return isObject(value) ? (value as JsonObject) : {}
}

import { type Draft, findNoticeType, type JsonObject, sha256 } from '#protocol'
import { seedStories } from '#seed'
import type { KnownNotice, Look } from '../../../node/screening/index.ts'
import { idKey } from '../../../scripts/seed/index.ts'

/** A notice of the fictional stories as the index is told of it; `exercise` as given, for all of them are drills. */
export function knownNotice(id: string, draft: Draft, known: Partial<KnownNotice> = {}): Look {
  const type = findNoticeType(draft.type)
  const keys = type?.screening?.(draft.body as never)
  const refs = (draft.refs ?? []).map(ref => ref.id)
  if (type === undefined || keys === undefined) return { refs }
  const { parties = {} } = draft.body
  const notice: KnownNotice = {
    id,
    issuer: 'QM',
    type: type.name,
    summary: type.summary(draft.body as never),
    exercise: false,
    isCorrected: false,
    keys,
    parties: parties as JsonObject,
    nominal: draft.nominal ?? {},
    ...known,
  }
  return { notice, refs }
}

/** All stories, by name: `DN-01`, and for later drafts of one `DN-10.2`. */
export function storyDrafts(): Map<string, { id: string; draft: Draft }> {
  const ids: Record<string, string> = {}
  const drafts = new Map<string, { id: string; draft: Draft }>()
  for (const { story, drafts: steps } of seedStories) {
    for (const [at, step] of steps.entries()) {
      const key = idKey(story, at)
      const draft = step(ids)
      ids[key] = sha256(key)
      drafts.set(key, { id: sha256(key), draft })
    }
  }
  return drafts
}

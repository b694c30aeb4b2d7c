import { noticeTypes, sha256 } from '#protocol'
import { idKey, seedStories } from '../../../../scripts/seed/index.ts'
import type { MemoryDesk } from '../memory-desk.ts'

/** Puts every draft of the demonstration into the list as a drill of its issuer, with references that lead to each other. */
export function admitSeed({ admit }: MemoryDesk): void {
  const ids: Record<string, string> = {}
  for (const { story, issuer, drafts } of seedStories) {
    for (const [place, make] of drafts.entries()) {
      const id = sha256(idKey(story, place))
      admit(make(ids), { id, issuer, exercise: true })
      ids[idKey(story, place)] = id
    }
  }
}

/** Every example of every type, as if it were none of a drill. */
export function admitExamples({ admit }: MemoryDesk): void {
  for (const draft of noticeTypes.flatMap(({ examples }) => examples)) admit(draft)
}

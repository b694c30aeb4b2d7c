import type { Draft } from '#protocol'

/** Ids of notices already issued, by story: `DN-10`, and for its later drafts `DN-10.2`, `DN-10.3`. */
export type Ids = { readonly [key: string]: string }

/** One of the 25 stories: its drafts in the order of issuing, each made once the ids before it are known. */
export interface SeedStory {
  story: string
  issuer: string
  drafts: readonly ((ids: Ids) => Draft)[]
}

/** The key under which the id of a story's draft is kept. */
export function idKey(story: string, place: number): string {
  return place === 0 ? story : `${story}.${place + 1}`
}

/** The id of an earlier notice. */
export function idOf(ids: Ids, key: string): string {
  const id = ids[key]
  if (id === undefined) throw new Error(`${key} must be issued before the story that refers to it.`)
  return id
}

import type { UnseenRelease } from './desk/drafting.ts'
import type { Store } from './store/index.ts'

export interface Outcomes {
  unseenReleases(author: string): UnseenRelease[]
  see(notice: string, person: string): Promise<void>
}

/** What became of drafts, told to whoever wrote them until they have opened the notice. */
export function outcomesIn({ drafts, writeAlone }: Pick<Store, 'drafts' | 'writeAlone'>): Outcomes {
  const unseenBy = (author: string) =>
    drafts
      .list()
      .flatMap(each =>
        each.releasedAs !== undefined && each.isUnseen && each.author === author ? [each] : [],
      )
  return {
    unseenReleases: author =>
      unseenBy(author)
        .map(({ releasedAs, by, at }) => ({ notice: releasedAs, by, at }))
        .toSorted((one, other) => other.at - one.at),
    async see(notice, person) {
      const seen = unseenBy(person).filter(({ releasedAs }) => releasedAs === notice)
      if (seen.length > 0) await writeAlone(seen.flatMap(({ id }) => drafts.seenOps(id)))
    },
  }
}

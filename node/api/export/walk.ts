import type { Desk, NoticeQuery, NoticeView } from '../../desk/desk.ts'

export interface Walk {
  notices: Pick<Desk['notices'], 'list'>
  query: Omit<NoticeQuery, 'limit' | 'before'>
  nominal: boolean
  /** Asked before each page: throws when the asker may read no more. */
  checkAllowed: () => void
}

/** Notices read at once: what an export holds in memory. */
const pageOf = 200

/** All notices that meet the query, newest first; what arrives meanwhile is not among them. */
export async function* walk({ notices, query, nominal, checkAllowed }: Walk): AsyncGenerator<NoticeView> {
  let before: number | undefined
  for (;;) {
    checkAllowed()
    const page = await notices.list(
      { ...query, ...(before !== undefined && { before }), limit: pageOf },
      { nominal },
    )
    yield* page
    before = page.at(-1)?.cursor
    if (page.length < pageOf || before === undefined) return
  }
}

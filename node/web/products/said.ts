import type { NoticeView } from '../../desk/desk.ts'
import type { Office } from '../office.ts'

/** One index is read, so that a good of which much is said costs no more than another. */
const lookedAt = 60
/** The newest. */
const shownOfEach = 20

export interface Said {
  /** What to look out for. */
  lookouts: readonly NoticeView[]
  /** What was seen on the move. */
  seen: readonly NoticeView[]
  /** What else stands by itself: refusals. */
  others: readonly NoticeView[]
}

/** The newest that is to be looked out for, of whichever good. */
export async function newLookouts({ desk }: Office, limit: number): Promise<NoticeView[]> {
  const types = desk.types.filter(({ intelligence }) => intelligence === 'lookout')
  const found = await Promise.all(
    types.map(({ name: type }) => desk.notices.list({ type, limit }, { nominal: false })),
  )
  return found
    .flat()
    .toSorted((one, other) => other.cursor - one.cursor)
    .slice(0, limit)
}

/** What participants said of a good lately, newest first; answers are told beside what they answer. */
export async function noticesAbout(goods: string, { desk }: Office): Promise<Said> {
  const said = await desk.notices.list({ goods, limit: lookedAt }, { nominal: false })
  const of = (kind: 'lookout' | 'seen' | undefined) => {
    const types = desk.types.filter(
      ({ intelligence, answers }) => intelligence === kind && answers === undefined,
    )
    return said.filter(({ type }) => types.some(({ name }) => name === type)).slice(0, shownOfEach)
  }
  return { lookouts: of('lookout'), seen: of('seen'), others: of(undefined) }
}

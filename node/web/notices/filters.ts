import {
  type NoticeQuery,
  type NoticeStatus,
  noticeStatuses,
  type Standing,
  standings,
} from '../../desk/desk.ts'
import type { WrongField } from '../components/error-summary.ts'
import type { Visit } from '../visit.ts'

/** What the address asks for. */
export interface Filters {
  query: Omit<NoticeQuery, 'limit'>
  /** As they were written, by name: for the form and for links. */
  written: Readonly<Record<string, string>>
  errors: readonly WrongField[]
}

const filterNames = ['q', 'type', 'issuer', 'goods', 'hs', 'country', 'status', 'standing', 'since'] as const

/** Reads the filters; what cannot be meant is an error beside its field. */
export function filtersOf({ url, t }: Visit): Filters {
  const written: Record<string, string> = {}
  for (const name of [...filterNames, 'before']) {
    const text = (url.searchParams.get(name) ?? '').trim()
    if (text !== '') written[name] = text
  }
  const hs = written.hs?.replace(/[\s.]/g, '')
  const country = written.country?.toUpperCase()
  const before = Number(written.before)
  const errors: WrongField[] = []
  const refuse = (name: string, isWrong: boolean, message: string) => {
    if (isWrong) errors.push({ name, message })
  }
  refuse('hs', hs !== undefined && !/^\d{4,10}$/.test(hs), t('notices.wrong.hs'))
  refuse('country', country !== undefined && !/^[A-Z]{2}$/.test(country), t('notices.wrong.country'))
  refuse('since', written.since !== undefined && !isDay(written.since), t('notices.wrong.since'))
  refuse('status', written.status !== undefined && !isStatus(written.status), t('notices.wrong.status'))
  refuse(
    'standing',
    written.standing !== undefined && !isStanding(written.standing),
    t('notices.wrong.standing'),
  )
  const { q, type, issuer, goods, status, standing, since } = written
  return {
    query: {
      ...(q !== undefined && { q }),
      ...(type !== undefined && { type }),
      ...(issuer !== undefined && { issuer }),
      ...(goods !== undefined && { goods }),
      ...(hs !== undefined && { hs }),
      ...(country !== undefined && { country }),
      ...(isStatus(status) && { status }),
      ...(isStanding(standing) && { standing }),
      ...(since !== undefined && { since: `${since}T00:00:00Z` }),
      ...(Number.isSafeInteger(before) && before > 0 && { before }),
    },
    written,
    errors,
  }
}

/** The address of the same list from another place on. */
export function addressOf(written: Filters['written'], changed: Record<string, string> = {}): string {
  const { before: _place, ...filters } = written
  const search = new URLSearchParams({ ...filters, ...changed }).toString()
  return search === '' ? '/notices' : `/notices?${search}`
}

function isStatus(text: string | undefined): text is NoticeStatus {
  return noticeStatuses.some(each => each === text)
}

function isStanding(text: string | undefined): text is Standing {
  return standings.some(each => each === text)
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

import { render } from 'preact-render-to-string'
import type { Role } from '../../../node/people.ts'
import { formatsFor } from '../../../node/web/formats.ts'
import type { Markup } from '../../../node/web/html.ts'
import type { MemberVisit, Visit } from '../../../node/web/visit.ts'
import { errorWords } from '../../../node/web/words/errors.ts'
import { formWords } from '../../../node/web/words/forms.ts'
import type { Language } from '../../../node/web/words/languages.ts'
import { translator } from '../../../node/web/words/messages.ts'

export interface VisitOf {
  language?: Language
  address: string
  /** Seconds since 1970. */
  now: number
  names?: (code: string) => Record<string, string> | undefined
}

/** A request for a page by nobody in particular, as it is once it has come in. */
export function visitOf({ language = 'en', address, now, names = () => undefined }: VisitOf): Visit {
  const formats = formatsFor(language, names)
  return {
    language,
    t: translator(language),
    words: formWords(language),
    wordsOf: error => errorWords(error, { language, formats }),
    formats,
    url: new URL(address, 'http://here.invalid'),
    params: {},
    fields: new URLSearchParams(),
    files: {},
    now,
    address: '192.0.2.1',
    userAgent: '',
    origin: 'http://here.invalid',
  }
}

interface VisitBy {
  language?: Language
  roles?: readonly Role[]
  address?: string
}

/** Somebody looking at a page, without a server. */
export function visitBy({ language = 'en', roles = ['officer'], address = '/' }: VisitBy = {}): MemberVisit {
  return {
    ...visitOf({ language, address, now: Date.parse('2026-03-01T12:00:00Z') / 1000 }),
    visitor: {
      person: { id: 'p', name: 'A', roles, disabled: false, createdAt: 0 },
      roles,
      session: {
        id: 's',
        person: 'p',
        openedBy: 'link',
        userAgent: '',
        createdAt: 0,
        lastSeenAt: 0,
      },
    },
  }
}

export function rendered(markup: Markup): string {
  return render(markup as never)
}

/** What a reader sees of it, in one line. */
export function textIn(markup: Markup): string {
  return rendered(markup)
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')
}

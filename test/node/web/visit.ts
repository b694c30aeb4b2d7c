import { render } from 'preact-render-to-string'
import type { Role } from '../../../node/people.ts'
import { formatsFor } from '../../../node/web/formats.ts'
import type { Markup } from '../../../node/web/html.ts'
import type { MemberVisit } from '../../../node/web/visit.ts'
import { formWords } from '../../../node/web/words/forms.ts'
import type { Language } from '../../../node/web/words/languages.ts'
import { translator } from '../../../node/web/words/messages.ts'

interface VisitOf {
  language?: Language
  roles?: readonly Role[]
  address?: string
}

/** Somebody looking at a page, without a server. */
export function visitBy({ language = 'en', roles = ['officer'], address = '/' }: VisitOf = {}): MemberVisit {
  return {
    language,
    t: translator(language),
    words: formWords(language),
    formats: formatsFor(language, () => undefined),
    url: new URL(address, 'http://here.invalid'),
    params: {},
    fields: new URLSearchParams(),
    files: {},
    now: Date.parse('2026-03-01T12:00:00Z') / 1000,
    userAgent: '',
    visitor: {
      person: { id: 'p', name: 'A', roles, disabled: false, createdAt: 0 },
      roles,
      session: 's',
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

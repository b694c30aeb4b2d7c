import { formatsFor } from '../../../node/web/formats.ts'
import type { Visit } from '../../../node/web/visit.ts'
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
  return {
    language,
    t: translator(language),
    words: formWords(language),
    formats: formatsFor(language, names),
    url: new URL(address, 'http://here.invalid'),
    params: {},
    fields: new URLSearchParams(),
    files: {},
    now,
    address: '127.0.0.1',
    userAgent: '',
    origin: 'http://here.invalid',
  }
}

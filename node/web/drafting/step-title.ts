import type { Visit } from '../visit.ts'
import type { Step } from './form/steps.ts'

/** By what is asked on it. */
export function stepTitle({ kind, titles, fields }: Step, { t, words, formats }: Visit): string {
  if (kind === 'audience') return t('drafting.who-sees')
  if (kind === 'parties' && fields.length > 1) return t('drafting.parties-and-names')
  return formats.list(titles.map(words))
}

import { patterns } from '../patterns.ts'
import { code, line } from './text.ts'

/** `<member>-<year>-<seq>`, the reference that all members quote. */
export function networkRef() {
  return code(
    'Network reference',
    'The reference that all participants quote: participant, year, number.',
    /^[A-Z][A-Z0-9]{1,7}-\d{4}-\d{4,8}$/,
    'QM-2026-0007',
  )
}

export function nationalRef() {
  return line('National reference', "The issuing authority's own file number.", 80)
}

export function noticeId(title: string, description: string) {
  return code(title, description, patterns.digest, 'WFXsJ0P7fN0TQZR3kRrJ2hVtS6o8gZC6bq4vG0m1n2Y')
}

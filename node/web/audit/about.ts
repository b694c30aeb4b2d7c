import type { AuditEntry } from '../../audit.ts'
import { Code, Written } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'

interface Reading {
  office: Pick<Office, 'people'>
  visit: Visit
}

/** What an act was done to: a person by name, a notice with a link to it. */
export function aboutOf({ act, about, roles }: AuditEntry, { office, visit }: Reading): Markup {
  if (about === undefined) return ''
  const person = office.people.find(about)
  const may = roles && `: ${visit.formats.list(roles.map(visit.words))}`
  if (person !== undefined) return html`<${Written}>${person.name}<//>${may}`
  if (act === 'signed-in') return visit.t(about === 'link' ? 'account.by-link' : 'account.by-password')
  const short = about.length > 16 ? `${about.slice(0, 12)}…` : about
  if (act !== 'draft-released' && act !== 'notice-opened')
    return html`<${Code}><span title=${about}>${short}</span><//>`
  return html`<a href=${`/notices/${encodeURIComponent(about)}`}><${Code}>${short}<//></a>`
}

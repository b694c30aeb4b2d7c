import type { AuditEntry } from '../../audit.ts'
import { Code, Written } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import { nameOf } from './asked.ts'

interface Reading {
  office: Pick<Office, 'people'>
  visit: Visit
}

/** What an act was done to: a person by name, a notice with a link to it. */
export function aboutOf({ act, about, whose, roles }: AuditEntry, { office, visit }: Reading): Markup {
  if (about === undefined) return ''
  if (whose !== undefined)
    return html`<${Written}>${nameOf(whose, office)}<//> · <${TokenName} hash=${about} office=${office} />`
  const person = office.people.find(about)
  const may = roles && `: ${visit.formats.list(roles.map(visit.words))}`
  if (person !== undefined) return html`<${Written}>${person.name}<//>${may}`
  if (act === 'signed-in') return visit.t(about === 'link' ? 'account.by-link' : 'account.by-password')
  if (act !== 'draft-released' && act !== 'notice-opened') return html`<${Short} id=${about} />`
  return html`<a href=${`/notices/${encodeURIComponent(about)}`}><${Short} id=${about} /></a>`
}

/** By which door, and by which token. */
export function doorOf({ from, token }: AuditEntry, { office, visit: { t } }: Reading): Markup {
  if (from === undefined) return ''
  if (token === undefined) return t(`audit.from-${from}`)
  return html`${t(`audit.from-${from}`)} · ${t('audit.token')} <${TokenName} hash=${token} office=${office} />`
}

/** What it is called now, for the trail holds no words that somebody typed; and its hash, which tells two apart. */
function TokenName({ hash, office: { people } }: { hash: string; office: Reading['office'] }) {
  const label = people.listTokens().find(token => token.hash === hash)?.label
  return html`${label !== undefined && html`<${Written}>${label}<//> `}<${Short} id=${hash} />`
}

function Short({ id }: { id: string }) {
  const short = id.length > 16 ? `${id.slice(0, 12)}…` : id
  return html`<${Code}><span title=${id}>${short}</span><//>`
}

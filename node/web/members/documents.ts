import { Code, Written } from '../components/code.ts'
import type { WrongField } from '../components/error-summary.ts'
import { type Fact, Facts } from '../components/facts.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { Visit } from '../visit.ts'
import { type AssessedDocument, assessDocument } from './assess-document.ts'
import { Changes } from './changes.ts'
import { isOffered, offeredField, offeredText, readOffered, refusal } from './offered.ts'
import { OfferedForm } from './offered-form.ts'

const address = '/members/documents'

export function documentPage(
  visit: Visit,
  { error, assessed }: { error?: WrongField; assessed?: Markup } = {},
): Page {
  const { t } = visit
  const words = {
    text: t('members.documents.text'),
    about: t('members.documents.text.about'),
    file: t('members.documents.file'),
    button: t('members.documents.check'),
  }
  const value = error ? offeredText(visit) : ''
  return {
    title: t('members.documents.title'),
    within: '/members',
    ...(error && { status: 422 }),
    content: html`
      <p><a href="/members">${t('members.one.back')}</a></p>
      <h1>${t('members.documents.title')}</h1>
      <p class="lead">${t('members.documents.lead')}</p>
      ${assessed ?? html`<${OfferedForm} action=${address} visit=${visit} error=${error} value=${value} words=${words} />`}
    `,
  }
}

/** Shows what a document would change; puts it in force once that was seen. */
export async function takeDocument({ desk }: Office, visit: Visit): Promise<Answer> {
  const read = readOffered(visit, ['root', 'members', 'stop'])
  if (!isOffered(read)) return documentPage(visit, { error: read })
  const { kind, signed } = read
  // A request is never read as one of these.
  if (kind === 'join') return documentPage(visit)
  try {
    if (visit.fields.get('action') === 'adopt') {
      const adopted = await desk.adopt([{ kind, ...signed }])
      return { to: `/members?adopted=${adopted.length}` }
    }
    const assessed = await assessDocument({ kind, signed }, desk.registry())
    return documentPage(visit, { assessed: html`<${Assessed} assessed=${assessed} visit=${visit} />` })
  } catch (thrown) {
    return documentPage(visit, { error: refusal(thrown, visit) })
  }
}

function Assessed({ assessed, visit }: { assessed: AssessedDocument; visit: Visit }) {
  const { t, formats } = visit
  const { kind, version = 0, signers, missing, changes, stop } = assessed
  const name = stop === undefined ? '' : formats.country(stop.member)
  return html`
    <h2>${t(`members.documents.${kind}`, { version, name })}</h2>
    <${Facts} facts=${factsOf(assessed, visit, signers)} />
    ${missing.map(({ count, of }) => html`<p>${t('members.documents.needed', { count, names: formats.list(of) })}</p>`)}
    ${kind !== 'stop' && html`<h3>${t('members.changes.title')}</h3><${Changes} changes=${changes} visit=${visit} />`}
    ${
      missing.length === 0 &&
      html`
        <form method="post" action=${address} class="actions">
          <input type="hidden" name=${offeredField} value=${offeredText(visit)} />
          <button class="ds-button" type="submit" name="action" value="adopt">${t('members.documents.adopt')}</button>
          <a href=${address}>${t('members.work.documents')}</a>
        </form>
      `
    }
  `
}

function factsOf({ stop }: AssessedDocument, { t, formats }: Visit, signers: readonly string[]): Fact[] {
  const signed = signers.length === 0 ? t('members.documents.nobody') : formats.list(signers)
  return [
    [t('members.documents.signed'), html`<bdi>${signed}</bdi>`],
    [t('members.documents.stop.key'), stop && html`<${Code}>${stop.kid}<//>`],
    [t('members.documents.stop.after'), stop && html`<${Code}>${stop.channel} ${stop.head.seq}<//>`],
    [t('members.documents.stop.reason'), stop && html`<${Written}>${stop.reason}<//>`],
  ]
}

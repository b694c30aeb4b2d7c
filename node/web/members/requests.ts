import { dayOf, type VerifiedJoinRequest } from '#protocol'
import { Code, Written } from '../components/code.ts'
import type { WrongField } from '../components/error-summary.ts'
import { Facts } from '../components/facts.ts'
import { When } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import { type AssessedRequest, assessRequest, nameOfApplicant } from './assess-request.ts'
import { Changes, SafetyNumber } from './changes.ts'
import { isOffered, offeredText, readOffered, refusal } from './offered.ts'
import { OfferedForm } from './offered-form.ts'

const address = '/members/requests'

export function requestPage(visit: Visit, error?: WrongField): Page {
  const { t } = visit
  return {
    title: t('members.requests.title'),
    within: '/members',
    ...(error && { status: 422 }),
    content: html`
      <p><a href="/members">${t('members.one.back')}</a></p>
      <h1>${t('members.requests.title')}</h1>
      <p class="lead">${t('members.requests.lead')}</p>
      <${RequestForm} visit=${visit} error=${error} />
    `,
  }
}

/** Verifies what was handed in and shows it; keeps nothing. */
export async function checkRequest({ desk }: Office, visit: Visit): Promise<Page> {
  const read = readOffered(visit, ['join'])
  if (!isOffered(read)) return requestPage(visit, read)
  const registry = desk.registry()
  try {
    const assessed = await assessRequest(read.signed, { registry, today: dayOf(visit.now) })
    const name = nameOfApplicant(assessed.request, { registry, language: visit.language })
    return assessedPage(assessed, { visit, name })
  } catch (thrown) {
    return requestPage(visit, refusal(thrown, visit))
  }
}

function RequestForm({ visit, error }: { visit: Visit; error?: WrongField }) {
  const { t } = visit
  const words = {
    text: t('members.requests.text'),
    about: t('members.requests.text.about'),
    file: t('members.requests.file'),
    button: t('members.requests.check'),
  }
  const value = error ? offeredText(visit) : ''
  return html`<${OfferedForm} action=${address} visit=${visit} error=${error} value=${value} words=${words} />`
}

const provers: Record<VerifiedJoinRequest['by'], MessageKey> = {
  'the new keys': 'members.requests.by.new',
  signing: 'members.requests.by.signing',
  recovery: 'members.requests.by.recovery',
}

function assessedPage(assessed: AssessedRequest, { visit, name }: { visit: Visit; name: string }): Page {
  const { t } = visit
  const title = t(`members.requests.${assessed.request.purpose}`, { name })
  const content = html`
    <p><a href="/members">${t('members.one.back')}</a></p>
    <h1>${title}</h1>
    <p class="lead">${t('members.requests.genuine', { name })}</p>
    <h2>${t('members.requests.number')}</h2>
    <p>${t('members.requests.number.about')}</p>
    <${SafetyNumber} number=${assessed.safetyNumber} label=${t('members.requests.number')} />
    <h2>${t('members.requests.asked')}</h2>
    <${Asked} assessed=${assessed} visit=${visit} />
    <h2>${t('members.changes.title')}</h2>
    ${
      assessed.changes
        ? html`<${Changes} changes=${assessed.changes} visit=${visit} />`
        : html`<p>${t('members.changes.places')}</p>`
    }
    <h2>${t('members.commands.title')}</h2>
    <${Commands} commands=${assessed.commands} visit=${visit} />
    <p class="actions">
      <a href=${address}>${t('members.requests.again')}</a>
      <a href="/members/documents">${t('members.work.documents')}</a>
    </p>
  `
  return { title, within: '/members', content }
}

function Asked({ assessed: { request, by }, visit }: { assessed: AssessedRequest; visit: Visit }) {
  const { t, words, formats } = visit
  const { member, names, kind, channels, nodes, signing, contacts, iat } = request
  return html`
    <${Facts}
      facts=${[
        [t('members.one.code'), html`<${Code}>${member}<//>`],
        [
          t('members.one.names'),
          Object.entries(names).map(
            ([language, name]) =>
              html`<div><${Written} language=${language}>${name}<//> <span class="quiet">${formats.languageName(language)}</span></div>`,
          ),
        ],
        [t('members.column.kind'), t(`members.kind.${kind}`)],
        [t('members.column.channels'), formats.list(channels.map(words))],
        [t('members.requests.signing'), html`<${Code}>${signing.kid}<//>`],
        [
          t('members.one.nodes'),
          nodes.map(({ peerId, addrs }) => html`<div><${Code}>${[peerId, ...addrs].join(' ')}<//></div>`),
        ],
        [
          t('members.one.contacts'),
          contacts.map(
            ({ role, email, telephone }) =>
              html`<div><${Written}>${[words(role), email, telephone].filter(Boolean).join(', ')}<//></div>`,
          ),
        ],
        [t('members.requests.by'), t(provers[by])],
        [t('members.requests.made'), html`<${When} at=${iat} visit=${visit} />`],
      ]}
    />
  `
}

function Commands({ commands, visit: { t } }: { commands: AssessedRequest['commands']; visit: Visit }) {
  const { file, others } = commands
  const isolated = `\u2068${file}\u2069`
  const steps: [text: string, command: string | undefined][] = [
    [t('members.commands.review'), commands.review],
    [t('members.commands.approve', { file: isolated }), commands.approve],
    [t('members.commands.others', { file: isolated, count: others }), others > 0 ? commands.sign : undefined],
    [t('members.commands.publish', { file: isolated }), commands.publish],
    [t('members.commands.import'), commands.import],
  ]
  return html`
    <p>${t('members.commands.lead')}</p>
    <ol>
      ${steps.map(
        ([text, command]) => html`
          <li>
            ${text}
            ${command && html`<pre class="commands" dir="ltr" tabindex="0"><code>${command}</code></pre>`}
          </li>
        `,
      )}
    </ol>
  `
}

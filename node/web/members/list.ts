import { countSignatures, type Member, type Registry, trustFingerprint } from '#protocol'
import { Code, Country, Written } from '../components/code.ts'
import { Facts } from '../components/facts.ts'
import { Tag, type Tone } from '../components/tag.ts'
import { Day } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import { has, type Visit } from '../visit.ts'
import { SafetyNumber } from './changes.ts'

/** The registry in force: who takes part, and who says so. */
export async function membersPage({ desk }: Office, visit: Visit): Promise<Page> {
  const registry = desk.registry()
  const { t, url } = visit
  const adopted = url.searchParams.get('adopted')
  const signers = await signersOf(registry)
  const content = html`
    <h1>${t('members.title')}</h1>
    ${adopted !== null && html`<p class="ds-alert" data-color="success" role="status">${t('members.adopted', { count: Number(adopted) || 0 })}</p>`}
    <p class="lead">${t('members.lead')}</p>
    <${Work} visit=${visit} />
    <h2>${t('members.list.title')}</h2>
    <${List} registry=${registry} visit=${visit} />
    <h2>${t('members.registry.title')}</h2>
    <${InForce} registry=${registry} signers=${signers} visit=${visit} />
  `
  return { title: t('members.title'), within: '/members', content }
}

async function signersOf({ signedMembers, members, roots }: Registry): Promise<string[]> {
  const root = roots[members.rootVersion - 1]?.root
  if (root === undefined) return []
  const signers = await countSignatures({ ...signedMembers, typ: 'members+jws', ...root })
  return [...new Set(signers.map(({ id }) => id))]
}

function Work({ visit }: { visit: Visit }) {
  const { t } = visit
  const links = [
    has(visit, 'coordinator') && ['/members/requests', t('members.work.requests')],
    has(visit, 'coordinator', 'admin') && ['/members/documents', t('members.work.documents')],
    has(visit, 'coordinator', 'admin') && ['/network', t('members.work.network')],
  ].filter(link => link !== false)
  if (links.length === 0) return null
  return html`
    <nav aria-label=${t('members.work.title')}>
      <ul class="inline-list">
        ${links.map(([address, text]) => html`<li><a href=${address}>${text}</a></li>`)}
      </ul>
    </nav>
  `
}

const tones: Record<Member['status'], Tone> = { active: 'success', suspended: 'warning', left: 'neutral' }

export function MemberStatus({ status, visit: { t } }: { status: Member['status']; visit: Visit }) {
  return html`<${Tag} tone=${tones[status]}>${t(`members.status.${status}`)}<//>`
}

function List({ registry, visit }: { registry: Registry; visit: Visit }) {
  const { t, words } = visit
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('members.list.scroll')}>
      <table class="ds-table network-table">
        <caption class="ds-sr-only">${t('members.list.scroll')}</caption>
        <thead>
          <tr>
            ${columns.map(name => html`<th scope="col">${t(`members.column.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${registry.members.members.map(
            ({ id, status, kind, channels, signing, contacts }) => html`
              <tr>
                <th scope="row"><a href=${`/members/${id}`}><${Country} code=${id} visit=${visit} /></a></th>
                <td><${MemberStatus} status=${status} visit=${visit} /></td>
                <td>${t(`members.kind.${kind}`)}</td>
                <td class="wraps">${channels.map(name => html`<div>${words(name)}</div>`)}</td>
                <td>${signing.filter(({ end }) => end === undefined).length}</td>
                <td>
                  ${contacts.slice(0, 1).map(({ role, email }) => html`<${Written}>${email ?? role}<//>`)}
                </td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}

const columns = ['member', 'status', 'kind', 'channels', 'keys', 'contact'] as const

interface InForceOf {
  registry: Registry
  signers: readonly string[]
  visit: Visit
}

function InForce({ registry, signers, visit }: InForceOf) {
  const { t, formats } = visit
  const { root, members, membersHash, net } = registry
  const expires = members.expires < root.expires ? members.expires : root.expires
  const needed = { needed: root.threshold, of: new Set(root.coordinators.map(({ id }) => id)).size }
  const number = t('members.registry.number')
  return html`
    <${Facts}
      facts=${[
        [
          t('members.registry.version'),
          t('members.registry.version.value', { members: members.version, root: root.version }),
        ],
        [t('members.registry.issued'), html`<${Day} day=${members.issued} visit=${visit} />`],
        [t('members.registry.expires'), html`<${Day} day=${expires} visit=${visit} />`],
        [
          t('members.registry.signed'),
          t('members.registry.signed.value', { names: formats.list(signers), ...needed }),
        ],
        [t('members.registry.hash'), html`<${Code}>${membersHash}<//>`],
        [t('members.registry.net'), html`<${Code}>${net}<//>`],
      ]}
    />
    <details>
      <summary>${number}</summary>
      <p>${t('members.registry.number.about')}</p>
      <${SafetyNumber} number=${trustFingerprint(registry)} label=${number} />
    </details>
  `
}

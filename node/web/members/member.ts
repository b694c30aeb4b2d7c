import { FocalpointError, findMember, type Member } from '#protocol'
import { Code, Country, Written } from '../components/code.ts'
import { Facts } from '../components/facts.ts'
import { html } from '../html.ts'
import { Contacts, Keys } from '../network/participant.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import { has, type Visit } from '../visit.ts'
import { MemberStatus } from './list.ts'

/** One participant, as the registry has it. */
export function memberPage({ desk }: Office, visit: Visit): Page {
  const { t, params, formats } = visit
  const member = findMember(desk.registry(), params.member ?? '')
  if (member === undefined) throw noMember(params.member ?? '')
  const participant = desk.network().participants.find(each => each.member === member.id)
  const content = html`
    <p><a href="/members">${t('members.one.back')}</a></p>
    <h1><${Country} code=${member.id} visit=${visit} /></h1>
    <${Entry} member=${member} visit=${visit} />
    <h2>${t('members.one.contacts')}</h2>
    <${Contacts} member=${member} visit=${visit} />
    <h2>${t('network.one.keys')}</h2>
    <${Keys} participant=${participant ?? { keys: [] }} visit=${visit} />
    ${
      has(visit, 'coordinator', 'admin') &&
      html`<p><a href=${`/network/${member.id}`}>${t('members.one.network')}</a></p>`
    }
  `
  return { title: formats.country(member.id), within: '/members', content }
}

function Entry({ member, visit }: { member: Member; visit: Visit }) {
  const { t, words, formats } = visit
  const { names, status, kind, channels, nodes, recovery } = member
  return html`
    <${Facts}
      facts=${[
        [t('members.column.status'), html`<${MemberStatus} status=${status} visit=${visit} />`],
        [t('members.column.kind'), t(`members.kind.${kind}`)],
        [
          t('members.one.names'),
          Object.entries(names).map(
            ([language, name]) =>
              html`<div><${Written} language=${language}>${name}<//> <span class="quiet">${formats.languageName(language)}</span></div>`,
          ),
        ],
        [t('members.column.channels'), formats.list(channels.map(words))],
        [
          t('members.one.nodes'),
          nodes.map(
            ({ peerId, addrs }) => html`
              <div><${Code}>${peerId}<//></div>
              <div class="quiet">
                ${addrs.length === 0 ? t('members.one.addresses.none') : html`<${Code}>${addrs.join(' ')}<//>`}
              </div>
            `,
          ),
        ],
        [t('members.one.recovery'), recovery.map(({ kid }) => html`<div><${Code}>${kid}<//></div>`)],
      ]}
    />
  `
}

function noMember(id: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', 'There is no such participant in the registry.', {
    what: 'member',
    id,
  })
}

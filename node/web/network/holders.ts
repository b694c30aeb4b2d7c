import { h } from 'preact'
import { membersIn, type Registry } from '#protocol'
import type { HoldingView, NetworkView } from '../../desk/desk.ts'
import { Code, Country } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'

/** Who holds whose notices in one channel. */
export interface Matrix {
  channel: string
  issuers: string[]
  /** Those who have told what they hold. */
  holders: { member: string; lacks: Record<string, number> }[]
  untold: string[]
}

export function matrixOf(
  channel: string,
  holdings: readonly HoldingView[],
  members: readonly string[],
): Matrix {
  const logs = holdings.filter(each => each.channel === channel)
  const hasTold = (member: string) => logs.some(({ heldBySeq }) => heldBySeq[member] !== undefined)
  const holders = members.filter(hasTold).map(member => ({
    member,
    lacks: Object.fromEntries(
      logs.flatMap(({ issuer, head, heldBySeq }) => {
        const lacking = head - (heldBySeq[member] ?? 0)
        return lacking > 0 ? [[issuer, lacking]] : []
      }),
    ),
  }))
  const untold = logs.length === 0 ? [] : members.filter(member => !hasTold(member))
  return { channel, issuers: logs.map(({ issuer }) => issuer), holders, untold }
}

export interface HoldersOf {
  network: NetworkView
  registry: Registry
  visit: Visit
}

/** For each channel that we have joined; only what is lacking, unless the whole is asked for. */
export function Holders({ network, registry, visit }: HoldersOf) {
  const isWhole = visit.url.searchParams.get('holders') === 'all'
  return network.channels.map(({ channel }) => {
    const members = membersIn(registry, channel).map(({ id }) => id)
    const matrix = matrixOf(channel, network.holdings, members)
    return html`<${ChannelHolders} matrix=${matrix} isWhole=${isWhole} visit=${visit} />`
  })
}

function ChannelHolders({ matrix, isWhole, visit }: { matrix: Matrix; isWhole: boolean; visit: Visit }) {
  const { t, words } = visit
  const behind = matrix.holders.filter(({ lacks }) => Object.keys(lacks).length > 0)
  const holders = isWhole ? matrix.holders : behind
  const issuers = isWhole
    ? matrix.issuers
    : matrix.issuers.filter(id => behind.some(({ lacks }) => lacks[id]))
  const good = matrix.holders.length - behind.length
  return html`
    <h3>${words(matrix.channel)} <span class="quiet"><${Code}>${matrix.channel}<//></span></h3>
    ${
      matrix.issuers.length === 0
        ? html`<p class="quiet">${t('network.holders.empty')}</p>`
        : html`
          <p>${t('network.holders.good', { count: good })}</p>
          ${matrix.untold.length > 0 && html`<${Untold} members=${matrix.untold} visit=${visit} />`}
          ${holders.length > 0 && html`<${Table} matrix=${{ ...matrix, holders, issuers }} visit=${visit} />`}
        `
    }
  `
}

function Untold({ members, visit }: { members: readonly string[]; visit: Visit }) {
  return html`
    <p>${visit.t('network.holders.untold', { count: members.length })}</p>
    <ul class="inline-list">
      ${members.map(member => html`<li><${Country} code=${member} visit=${visit} /></li>`)}
    </ul>
  `
}

function Table({ matrix: { channel, holders, issuers }, visit }: { matrix: Matrix; visit: Visit }) {
  const { t, formats } = visit
  const label = t('network.holders.scroll', { channel })
  const texts = { all: t('network.holders.all'), own: t('network.holders.own') }
  return html`
    <div class="scroll tall" tabindex="0" role="region" aria-label=${label}>
      <table class="ds-table matrix">
        <caption class="ds-sr-only">${label}</caption>
        <thead>
          <tr>
            <th scope="col">${t('network.holders.holder')}</th>
            ${issuers.map(id => html`<th scope="col"><abbr title=${formats.country(id)} dir="ltr">${id}</abbr></th>`)}
          </tr>
        </thead>
        <tbody>
          ${holders.map(
            ({ member, lacks }) => html`
              <tr>
                <th scope="row"><${Country} code=${member} visit=${visit} /></th>
                ${issuers.map(issuer => cell(lacks[issuer], member === issuer ? texts.own : texts.all, t))}
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}

/** Nearly four thousand of them in the whole table of sixty-two members: made without a template. */
function cell(lacking: number | undefined, otherwise: string, t: Visit['t']): Markup {
  return lacking === undefined
    ? h('td', null, otherwise)
    : h('td', { class: 'lacking' }, t('network.holders.lacks', { count: lacking }))
}

import { Facts } from '../components/facts.ts'
import { Day } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Route } from '../route.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import { Holders } from './holders.ts'
import { Numbers } from './numbers.ts'
import { observe } from './observed.ts'
import { participantPage } from './participant.ts'
import { Participants } from './participants.ts'
import { ProblemCards } from './problem-cards.ts'
import { type Observed, problemsOf } from './problems.ts'

const access = ['coordinator', 'admin'] as const

export function networkRoutes(office: Office): Route[] {
  return [
    {
      path: '/network',
      access,
      show: async visit => {
        const observed = await observe(office, visit.now)
        return {
          title: visit.t('network.title'),
          within: '/network',
          isLive: true,
          news: visit.t('network.problems.news', { count: problemsOf(observed).length }),
          content: networkContent({ observed, office, visit }),
        }
      },
    },
    { path: '/network/:member', access, show: visit => participantPage(office, visit) },
  ]
}

export interface NetworkContent {
  observed: Observed
  office: { desk: Pick<Office['desk'], 'member' | 'registry'> }
  visit: Visit
}

/** Problems first; what is well comes after. */
export function networkContent({ observed, office: { desk }, visit }: NetworkContent) {
  const { t } = visit
  const { network, history } = observed
  const registry = desk.registry()
  const isWhole = visit.url.searchParams.get('holders') === 'all'
  return html`
    <h1>${t('network.title')}</h1>
    <p class="lead">${t('network.lead')}</p>
    <section id="problems" data-live data-renew-seconds="5">
      <h2>${t('network.problems.title')}</h2>
      <${ProblemCards} problems=${problemsOf(observed)} visit=${visit} member=${desk.member} registry=${registry} />
    </section>
    <section id="numbers" data-live>
      <h2 class="ds-sr-only">${t('network.numbers.title')}</h2>
      <${Numbers} network=${network} visit=${visit} />
    </section>
    <section id="participants" data-live>
      <h2>${t('network.participants.title')}</h2>
      <${Participants} network=${network} history=${history} visit=${visit} />
    </section>
    <section id="holders" data-live>
      <h2>${t('network.holders.title')}</h2>
      <p>
        ${t('network.holders.lead')}${' '}
        <a href=${isWhole ? '/network#holders' : '/network?holders=all#holders'}>
          ${t(isWhole ? 'network.holders.problems' : 'network.holders.whole')}
        </a>
      </p>
      <${Holders} network=${network} registry=${registry} visit=${visit} />
    </section>
    <section id="expiry" data-live>
      <h2>${t('network.expiry.title')}</h2>
      <${Expiry} observed=${observed} visit=${visit} />
    </section>
  `
}

const signingStates: Record<string, MessageKey> = {
  ready: 'network.signing.ready',
  checking: 'network.signing.checking',
  recovering: 'network.signing.recovering',
  stopped: 'network.signing.stopped',
}

function signingState(state: string, { t }: Visit): string {
  const words = signingStates[state]
  return words === undefined ? state : t(words)
}

function Expiry({ observed: { network }, visit }: { observed: Observed; visit: Visit }) {
  const { t } = visit
  const { registry, participants } = network
  const keys = participants.flatMap(each => each.keys)
  const inForce = keys.filter(({ state }) => state === 'in force').length
  const left = t('network.expiry.days', { count: Math.max(0, registry.daysLeft) })
  return html`
    <${Facts}
      facts=${[
        [
          t('network.expiry.registry'),
          html`<${Day} day=${registry.expires.slice(0, 10)} visit=${visit} /> <span class="quiet">(${left})</span>`,
        ],
        [
          t('network.expiry.issuing'),
          html`<${Day} day=${registry.issuingStopsAt.slice(0, 10)} visit=${visit} />`,
        ],
        [
          t('network.expiry.version'),
          t('network.expiry.version.value', { root: registry.root, members: registry.members }),
        ],
        [
          t('network.expiry.keys'),
          t('network.expiry.keys.value', { count: inForce, ended: keys.length - inForce }),
        ],
        [t('network.expiry.signing'), signingState(network.signing.state, visit)],
      ]}
    />
    <p><a href="/members">${t('network.expiry.members')}</a></p>
  `
}

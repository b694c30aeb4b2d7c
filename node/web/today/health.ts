import type { NetworkView } from '../../desk/desk.ts'
import type { Tone } from '../components/tag.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { has, type Visit } from '../visit.ts'

/** How it stands with this node, in one sentence. */
interface State {
  tone: Tone
  says: string
}

const reminderDays = 30
const membersNamed = 5

/** The gravest thing that is wrong; else that everybody has what we sent. */
function stateOf({ desk }: Office, { t, formats }: Visit): State {
  const network = desk.network()
  const { signing, registry, alarms } = network
  if (!desk.health().ready) return { tone: 'danger', says: t('today.health.not-ready') }
  if (registry.expired) return { tone: 'danger', says: t('today.health.registry-expired') }
  if (signing.state === 'stopped') return { tone: 'danger', says: t('today.health.stopped') }
  if (signing.state !== 'ready') return { tone: 'info', says: t('today.health.checking') }
  const missing = withoutOurs(network)
  if (missing.length > 0) {
    const named = missing.slice(0, membersNamed).map(formats.country)
    const more = missing.length - named.length
    const rest = more > 0 ? [t('notice.held-by.more', { count: more })] : []
    const members = formats.list([...named, ...rest])
    return { tone: 'warning', says: t('today.health.missing', { count: missing.length, members }) }
  }
  if (registry.daysLeft < reminderDays) {
    return { tone: 'warning', says: t('today.health.registry-expiring', { count: registry.daysLeft }) }
  }
  if (alarms.length > 0) return { tone: 'warning', says: t('today.health.alarms', { count: alarms.length }) }
  return { tone: 'success', says: t('today.health.good', { count: network.participants.length - 1 }) }
}

/** The members that do not hold the head of one of our logs. */
function withoutOurs({ member, holdings, participants }: NetworkView): string[] {
  const ours = holdings.filter(({ issuer }) => issuer === member)
  const behind = ours.flatMap(({ head, heldBy, heldBySeq }) =>
    heldBy.count >= heldBy.of
      ? []
      : participants
          .filter(each => each.member !== member && each.status !== 'suspended')
          .filter(each => (heldBySeq[each.member] ?? 0) < head)
          .map(each => each.member),
  )
  return [...new Set(behind)]
}

export function Health({ office, visit }: { office: Office; visit: Visit }) {
  const { tone, says } = stateOf(office, visit)
  const mayLook = has(visit, 'coordinator', 'admin')
  return html`
    <p class="health" data-color=${tone} id="health" data-live>
      ${says}
      ${tone !== 'success' && mayLook && html` <a href="/network">${visit.t('today.health.look')}</a>`}
      ${tone !== 'success' && !mayLook && html` ${visit.t('today.health.tell')}`}
    </p>
  `
}

import { parseNotice } from '#protocol'
import type { Standing } from '../../desk/desk.ts'
import { Code, Country } from '../components/code.ts'
import { Facts } from '../components/facts.ts'
import { Instant } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import type { Story } from './story.ts'

const verdicts: Record<Standing, MessageKey> = {
  verified: 'notice.verdict.verified',
  'key since retired': 'notice.verdict.retired',
  void: 'notice.verdict.void',
  disputed: 'notice.verdict.disputed',
  'unknown key': 'notice.verdict.unknown-key',
}

/** Members named one by one; beyond, they are counted. */
const missingNamed = 12

/** Who says so, and how we know. */
export function Known({ story, visit, office }: { story: Story; visit: Visit; office: Office }) {
  const { view } = story
  const { t, words, formats } = visit
  const state = formats.country(view.issuer)
  return html`
    <h2>${t('notice.known')}</h2>
    <p class="verdict" data-standing=${view.standing === 'verified' ? 'good' : 'other'}>
      ${t(verdicts[view.standing], { state })}
    </p>
    <${Facts}
      facts=${[
        [t('notice.issuer'), html`<${Country} code=${view.issuer} visit=${visit} />`],
        [t('notice.standing'), words(view.standing)],
        [t('notice.status'), words(view.status)],
        [t('notice.held-by'), heldBy(story, visit)],
        [
          t('notice.issued'),
          html`<${Instant} at=${view.issuedAt} visit=${visit} /> <span class="quiet">${t('notice.their-clock')}</span>`,
        ],
        [
          t('notice.received'),
          html`<${Instant} at=${view.receivedAt} visit=${visit} /> <span class="quiet">${t('notice.our-clock')}</span>`,
        ],
        [t('notice.place'), t('notice.place.text', { seq: view.seq, channel: words(view.channel) })],
        [t('notice.key'), key(story, office)],
        [t('notice.id'), html`<${Code}>${view.id}<//>`],
        [t('notice.kept'), kept(story, visit)],
      ]}
    />
  `
}

function heldBy({ view: { heldBy } }: Story, { t, formats }: Visit): Markup {
  const { count, of, missing } = heldBy
  const named = missing.slice(0, missingNamed).map(formats.country)
  const more = missing.length - named.length
  const rest = more > 0 ? [t('notice.held-by.more', { count: more })] : []
  return html`
    ${t('notice.held-by.text', { count, of })}
    ${missing.length > 0 && html`<span class="quiet"> ${t('notice.held-by.missing', { members: formats.list([...named, ...rest]) })}</span>`}
  `
}

function key({ view }: Story, { desk }: Office): Markup {
  const text = desk.notices.text(view.id, { nominal: false })
  if (text === undefined) return null
  const { envelope } = parseNotice(text, { net: desk.registry().net })
  return html`<${Code}>${envelope.kid}<//>`
}

/** Of each part: for whom, and until when it may be kept. */
function kept({ view: { parts } }: Story, { t, words, formats }: Visit): Markup {
  return parts.map(({ name, to, until, held, erased }) => {
    const day = until === undefined ? '' : formats.day(until)
    const lasting = until === undefined ? 'notice.part.held-always' : 'notice.part.held'
    const fate = erased ? 'notice.part.erased' : held ? lasting : 'notice.part.not-held'
    return html`
      <div>
        ${t(name === 'nominal' ? 'notice.part.nominal' : 'notice.part.body')}: ${words(to)}
        <span class="quiet"> (${t(fate, { day })})</span>
      </div>
    `
  })
}

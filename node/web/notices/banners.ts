import { findNoticeType, type NoticeType } from '#protocol'
import type { NoticeView, Standing } from '../../desk/desk.ts'
import { Country } from '../components/code.ts'
import type { Tone } from '../components/tag.ts'
import { Instant } from '../components/when.ts'
import { bodyForm } from '../content/form.ts'
import { Gist } from '../content/gist.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import type { Story } from './story.ts'

interface BannersOf {
  story: Story
  visit: Visit
  types: readonly NoticeType[]
  /** What the registry says of a void notice. */
  why?: Markup
}

const ofStanding: Record<Standing, { tone: Tone; title: MessageKey; text: MessageKey } | undefined> = {
  verified: undefined,
  'key since retired': undefined,
  void: { tone: 'danger', title: 'notice.void.title', text: 'notice.void.text' },
  disputed: { tone: 'danger', title: 'notice.disputed.title', text: 'notice.disputed.text' },
  'unknown key': { tone: 'warning', title: 'notice.unknown-key.title', text: 'notice.unknown-key.text' },
}

const ofFlag: Record<string, MessageKey> = {
  'clock-ahead': 'notice.flag.clock-ahead',
  'clock-back': 'notice.flag.clock-back',
  'body-form': 'notice.flag.body-form',
  'nominal-form': 'notice.flag.nominal-form',
  'type-unknown': 'notice.flag.type-unknown',
}

/** What must be known before anything of the notice is acted on, gravest first. */
export function Banners({ story, visit, types, why }: BannersOf) {
  const { view, withdrawals, corrections } = story
  const { t } = visit
  const standing = ofStanding[view.standing]
  const flags = view.flags.flatMap(flag => ofFlag[flag] ?? [])
  return html`
    ${
      standing &&
      html`<${Banner} tone=${standing.tone} title=${t(standing.title)}><p>${t(standing.text)}</p>${why}<//>`
    }
    ${withdrawals.slice(0, 1).map(
      each => html`
        <${Banner} tone="danger" title=${withdrawnOn(each, visit)}>
          <${Remedy} answer=${each} ...${{ visit, types }} />
        <//>
      `,
    )}
    ${corrections.map(
      each => html`
        <${Banner} tone="warning" title=${t('notice.corrected.title', { day: dayOf(each, visit) })}>
          <p>${fateInWords(each, story, visit)}</p>
          <${Remedy} answer=${each} ...${{ visit, types }} />
        <//>
      `,
    )}
    ${flags.length > 0 && html`<${Banner} tone="warning" title=${t('notice.flags')}>${flags.map(key => html`<p>${t(key)}</p>`)}<//>`}
    ${absence(view, visit)}
  `
}

function Banner({ tone, title, children }: { tone: Tone; title: string; children?: Markup }) {
  return html`
    <div class="banner" data-color=${tone} role="note">
      <p class="banner-title">${title}</p>
      ${children}
    </div>
  `
}

function withdrawnOn(withdrawal: NoticeView, visit: Visit): string {
  return visit.t('notice.withdrawn.title', { day: dayOf(withdrawal, visit) })
}

/** Only the last correction of a value counts; one that could not be put in its place must be read. */
function fateInWords({ id }: NoticeView, { fates }: Story, visit: Visit): string {
  const fate = fates.get(id)
  if (fate?.state === 'in force') return visit.t('notice.corrected.text')
  if (fate?.state !== 'replaced') return visit.t('notice.corrected.elsewhere')
  return visit.t('notice.corrected.replaced', { day: dayOf(fate.replacedBy, visit) })
}

function dayOf({ issuedAt }: NoticeView, { formats }: Visit): string {
  return formats.day(issuedAt)
}

/** Why, what its holders must do, and where that is said. */
function Remedy({
  answer,
  visit,
  types,
}: {
  answer: NoticeView
  visit: Visit
  types: readonly NoticeType[]
}) {
  const type = findNoticeType(answer.type, types)
  const { body } = answer
  const { comma } = visit.formats
  const readable = body !== undefined && type?.gist !== undefined && !answer.flags.includes('body-form')
  return html`
    ${readable && html`<${Gist} gist=${type.gist} reading=${{ visit, types, body, form: bodyForm(type) }} />`}
    <p>
      <a href=${`/notices/${answer.id}`}>${visit.words(answer.label)}</a>${comma}
      <${Country} code=${answer.issuer} visit=${visit} />${comma}<${Instant} at=${answer.issuedAt} visit=${visit} />
    </p>
  `
}

/** Why there is nothing to read. */
function absence(view: NoticeView, visit: Visit): Markup {
  if (view.body !== undefined) return null
  const { t } = visit
  const part = view.parts.find(({ name }) => name === 'body')
  if (part?.erased) {
    const until = part.until === undefined ? '' : visit.formats.day(part.until)
    return html`<${Banner} tone="neutral" title=${t('notice.erased.title')}><p>${t('notice.erased.text', { day: until })}</p><//>`
  }
  const isNamed = part?.to === 'named'
  return html`
    <${Banner} tone="neutral" title=${t(isNamed ? 'notice.named.title' : 'notice.absent.title')}>
      <p>${t(isNamed ? 'notice.named.text' : 'notice.absent.text')}</p>
    <//>
  `
}

import { findKey, parseNotice } from '#protocol'
import { Written } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import type { Story } from './story.ts'

interface WhyVoidOf {
  story: Story
  visit: Visit
  desk: Pick<Office['desk'], 'notices' | 'registry'>
}

/** What the registry in force says of the key at this place, and why; nothing where it does not know the key. */
export function WhyVoid({ story: { view }, visit, desk }: WhyVoidOf): Markup {
  const text = view.standing === 'void' ? desk.notices.text(view.id, { nominal: false }) : undefined
  if (text === undefined) return null
  const registry = desk.registry()
  const { envelope } = parseNotice(text, { net: registry.net })
  const { from = {}, end, reason } = findKey(registry, envelope.kid)?.key ?? {}
  const { seq, channel } = view
  const first = from[channel]
  const last = end?.[channel]?.seq
  const why = whyAt(seq, { first, last })
  if (why === undefined) return null
  const { t } = visit
  const hasReason = last !== undefined && why !== 'notice.void.before-key' && reason !== undefined
  return html`
    <p>
      ${t(why, { seq, first: first ?? 0, last: last ?? 0 })}
      ${hasReason && html` ${t('notice.void.reason')} <${Written}>${reason}<//>`}
    </p>
  `
}

/** In the order in which the gate looks. */
function whyAt(
  seq: number,
  { first, last }: { first: number | undefined; last: number | undefined },
): MessageKey | undefined {
  if (first !== undefined && seq < first) return 'notice.void.before-key'
  if (last === undefined) return undefined
  if (last === 0) return 'notice.void.never-key'
  return seq > last ? 'notice.void.after-key' : 'notice.void.other-chain'
}

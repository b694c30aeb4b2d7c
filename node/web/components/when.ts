import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

/** An instant: how long ago, and exactly; on paper, which does not grow older with it, only exactly. */
export function When({ at, visit: { formats, now } }: { at: string | number; visit: Visit }) {
  const exact = typeof at === 'number' ? new Date(at * 1000).toISOString() : at
  const told = formats.instant(at)
  return html`<time datetime=${exact} title=${told}><span class="on-screen">${formats.from(at, now)}</span><bdi class="on-paper">${told}</bdi></time>`
}

/** An instant in full, where it counts as evidence. */
export function Instant({ at, visit: { formats } }: { at: string | number; visit: Visit }) {
  const exact = typeof at === 'number' ? new Date(at * 1000).toISOString() : at
  return html`<time datetime=${exact}><bdi>${formats.instant(at)}</bdi></time>`
}

/** A day, YYYY-MM-DD. */
export function Day({ day, visit: { formats } }: { day: string; visit: Visit }) {
  return html`<time datetime=${day}><bdi>${formats.day(day)}</bdi></time>`
}

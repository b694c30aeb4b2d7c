import type { Urgency } from '#protocol'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { Tag, type Tone } from './tag.ts'

const tones: Record<Urgency, Tone | undefined> = { flash: 'danger', priority: 'warning', routine: undefined }

/** How soon it must be looked at; nothing where that can wait. */
export function UrgencyTag({ urgency, visit }: { urgency: Urgency; visit: Visit }) {
  const tone = tones[urgency]
  return tone && html`<${Tag} tone=${tone}>${visit.words(urgency)}<//>`
}

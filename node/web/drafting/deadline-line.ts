import { Tag } from '../components/tag.ts'
import { Day } from '../components/when.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { Deadline } from './deadline.ts'

/** Nearer than this is told in colour, too. */
const nearDays = 7

export function DeadlineLine({
  deadline: { day, daysLeft, workingDaysLeft },
  visit,
}: {
  deadline: Deadline
  visit: Visit
}) {
  const { t } = visit
  const left =
    daysLeft < 0
      ? t('drafting.deadline-over', { days: -daysLeft })
      : t('drafting.deadline-left', { days: daysLeft, working: workingDaysLeft })
  return html`
    <p class="deadline">
      ${t('drafting.deadline')}${' '}<${Day} day=${day} visit=${visit} />${' '}
      <${Tag} tone=${daysLeft < 0 ? 'danger' : daysLeft < nearDays ? 'warning' : 'neutral'}>${left}<//>
    </p>
  `
}

import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { DraftTitle } from './list.ts'
import { openForWriting } from './step.ts'

/** Asks once: what is thrown away is gone. A change of a draft that waits goes alone; the draft stays as it was. */
export function showDelete(office: Office, visit: MemberVisit): Answer {
  const work = openForWriting(office, visit)
  if ('to' in work) return work
  const { t } = visit
  const { unfinished, draft } = work
  const change = draft?.returned ? 'drafting.delete-change-returned' : 'drafting.delete-change'
  return {
    title: t('drafting.delete'),
    within: '/new',
    content: html`
      <h1>${t('drafting.delete')}</h1>
      <p class="lead"><${DraftTitle} label=${work.type.label} answers=${work.answers} visit=${visit} /></p>
      <p>${t(unfinished && draft ? change : 'drafting.delete-all')}</p>
      <form method="post" action=${`/drafts/${work.id}/delete`} class="actions">
        <button class="ds-button" data-color="danger">${t('drafting.delete')}</button>
        <a href=${`/drafts/${work.id}`}>${t('drafting.keep')}</a>
      </form>
    `,
  }
}

export async function submitDelete(office: Office, visit: MemberVisit): Promise<Answer> {
  const work = openForWriting(office, visit)
  if ('to' in work) return work
  const { desk } = office
  if (work.unfinished !== undefined) await desk.unfinished.remove(work.id)
  else await desk.drafts.remove(work.id, visit.visitor.person)
  return { to: '/drafts' }
}

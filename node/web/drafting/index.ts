import type { Role } from '../../people.ts'
import { html } from '../html.ts'
import { webLimits } from '../limits.ts'
import type { Office } from '../office.ts'
import type { Answer, Route } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { showCheck, submitCheck } from './check.ts'
import { showDelete, submitDelete } from './delete.ts'
import { Found } from './inputs/good.ts'
import { showDrafts } from './list.ts'
import { showNew, submitNew } from './new.ts'
import { showRelease, submitRelease, submitReturn, submitStop } from './release.ts'
import { submitStep } from './save-step.ts'
import { showStep } from './step.ts'
import { showTasks } from './tasks.ts'

const writers = ['officer', 'customs'] as const
/** Whoever writes, and whoever reads it to release it; customs find only their own. */
const all = ['officer', 'releaser', 'customs'] as const

type Act = (office: Office, visit: MemberVisit) => Promise<Answer> | Answer

export function draftingRoutes(office: Office): Route[] {
  const page = (path: string, access: readonly Role[], show?: Act, submit?: Act): Route => ({
    path,
    access,
    ...(show && { show: (visit: MemberVisit) => show(office, visit) }),
    ...(submit && { submit: (visit: MemberVisit) => submit(office, visit) }),
  })
  return [
    page('/new', writers, showNew, submitNew),
    page('/drafts', all, showDrafts),
    page('/drafts/goods', writers, showFound),
    page('/drafts/:id', all, showTasks),
    page('/drafts/:id/check', writers, showCheck, submitCheck),
    page('/drafts/:id/delete', writers, showDelete, submitDelete),
    page('/drafts/:id/release', all, showRelease),
    page('/drafts/:id/release', ['releaser'], undefined, submitRelease),
    page('/drafts/:id/return', ['releaser'], undefined, submitReturn),
    page('/drafts/:id/stop', all, undefined, submitStop),
    { ...page('/drafts/:id/:step', writers, showStep, submitStep), bodyBytes: webLimits.uploadFormBytes },
  ]
}

/** Goods found as one types. */
function showFound(_office: Office, visit: MemberVisit): Answer {
  const { searchParams } = visit.url
  const at = searchParams.get('at') ?? ''
  const text = searchParams.get('q') ?? ''
  const withWatch = searchParams.get('watch') === '1'
  return { fragment: html`<${Found} at=${at} text=${text} withWatch=${withWatch} visit=${visit} />` }
}

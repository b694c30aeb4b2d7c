import { findNoticeType, type NoticeType } from '#protocol'
import type { NoticeStatus, NoticeView, Standing } from '../../desk/desk.ts'
import { isToldElsewhere } from '../../desk/passing-on.ts'
import { textAt } from './pointer.ts'

export const formats = ['csv', 'ndjson', 'bundle', 'stix'] as const
export type Format = (typeof formats)[number]

/** Why a notice that meets the filters is left out. */
export const leftOutWhy = ['exercises', 'notInForce', 'over', 'unreadable', 'notForPlatforms'] as const
export type LeftOut = (typeof leftOutWhy)[number]

export interface Selection {
  format: Format
  /** Whether drills are wanted too; elsewhere than in CSV and STIX they always come. */
  exercises: boolean
  /** Whether CSV also gives what is not in force or over. */
  all: boolean
  /** YYYY-MM-DD. */
  today: string
  types: readonly NoticeType[]
}

/**
 * Machines act on CSV and STIX without reading what stands beside a notice: they get what is in force, and drills only
 * where these are asked for. NDJSON and bundles are for readers, and hold everything with its marks.
 */
export function whyLeftOut(view: NoticeView, selection: Selection): LeftOut | undefined {
  return judges[selection.format](view, selection)
}

const judges: Record<Format, (view: NoticeView, selection: Selection) => LeftOut | undefined> = {
  csv: (view, { exercises, all, today }) => {
    if (view.exercise && !exercises) return 'exercises'
    if (all) return undefined
    if (!isStanding(view) || gone.includes(view.status)) return 'notInForce'
    if (!isReadable(view)) return 'unreadable'
    return isOver(view, today) ? 'over' : undefined
  },
  // A platform is told of a withdrawal by the same object, revoked; and of the last day by a property of its own.
  stix: (view, { exercises, types }) => {
    if (findNoticeType(view.type, types)?.intelligence === undefined) return 'notForPlatforms'
    if (!isToldElsewhere(view)) return 'notForPlatforms'
    if (view.exercise && !exercises) return 'exercises'
    if (!isStanding(view)) return 'notInForce'
    return isReadable(view) ? undefined : 'unreadable'
  },
  ndjson: () => undefined,
  bundle: () => undefined,
}

const standing: readonly Standing[] = ['verified', 'key since retired']
const gone: readonly NoticeStatus[] = ['withdrawn', 'erased']

function isStanding(view: NoticeView): boolean {
  return standing.includes(view.standing)
}

/** Its content is here, and in the form of its type. */
function isReadable({ body, flags }: NoticeView): boolean {
  return body !== undefined && !flags.includes('body-form')
}

/** Past its own last day: the end of an alert, or of the look-back of a denial. */
function isOver({ body }: NoticeView, today: string): boolean {
  const until = textAt(body, '/validUntil') ?? textAt(body, '/validity/lookbackUntil')
  return until !== undefined && until < today
}

import { dayOf, FocalpointError, findNoticeType, isObject, type JsonObject, type NoticeType } from '#protocol'
import type { Desk, NoticeView } from '../../desk/desk.ts'
import type { Answers } from '../../desk/drafting.ts'
import type { Office } from '../office.ts'
import { has, type MemberVisit } from '../visit.ts'
import { answersOf } from './form/answers.ts'
import { describeDraft, fieldIn, formOf } from './form/describe.ts'

/** What this person may begin: customs tell what they saw, and answer. */
export function typesFor(visit: MemberVisit, office: Office, about?: NoticeView): NoticeType[] {
  const isOfficer = has(visit, 'officer')
  return office.desk.types.filter(({ answers, intelligence }) => {
    if (answers === undefined) return about === undefined && (isOfficer || intelligence === 'seen')
    if (about === undefined) return false
    return answers.from === 'anyone' || (isOfficer && about.issuer === office.desk.member)
  })
}

/** The answers that a new draft begins with. Throws `type-unknown`, `forbidden`. */
export async function firstAnswers(
  office: Office,
  visit: MemberVisit,
  { typeName, about }: { typeName: string; about: NoticeView | undefined },
): Promise<{ type: NoticeType; answers: Answers }> {
  const type = findNoticeType(typeName, office.desk.types)
  if (type === undefined) {
    const known = office.desk.types.map(({ name }) => name)
    throw new FocalpointError('type-unknown', 'Choose what kind of notice it is to be.', {
      type: typeName,
      known,
    })
  }
  if (!typesFor(visit, office, about).includes(type)) {
    throw new FocalpointError('forbidden', 'You cannot begin this kind of notice here.', {
      needs: ['officer'],
    })
  }
  const isOfficer = has(visit, 'officer')
  const texts: Record<string, string | undefined> = {
    '/type': type.name,
    '/body/lang': visit.language,
    '/body/preparedBy': isOfficer ? 'licensing-officer' : 'customs-officer',
    '/body/releasedBy': 'releaser',
    '/body/networkRef': needsReference(type) ? await nextReference(office, visit) : undefined,
    ...(about && type.answers && answerOf(about, type)),
  }
  const answers = Object.entries(texts).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, [text]] as const],
  )
  const correcting =
    about && type.answers?.status === 'corrected' ? correctedAnswers(about, type, office) : {}
  return { type, answers: { ...correcting, ...Object.fromEntries(answers) } }
}

function answerOf({ id }: NoticeView, { answers }: NoticeType): Record<string, string> {
  if (answers === undefined) return {}
  return { [`/body/${answers.field}`]: id, '/refs/0/id': id, '/refs/0/rel': answers.rel }
}

/** A correction begins with the whole body as it is, with its parties and their names. */
function correctedAnswers(about: NoticeView, type: NoticeType, { desk }: Office): Answers {
  const inner = findNoticeType(about.type, desk.types)
  if (about.body === undefined || inner === undefined) return {}
  const parties = isObject(about.body.parties) ? { parties: about.body.parties } : {}
  const draft: JsonObject = {
    body: { targetType: inner.name, replacement: about.body, ...parties },
    ...(about.nominal && { nominal: about.nominal }),
  }
  return answersOf(draft, formOf(type, draft, desk.types))
}

function needsReference(type: NoticeType): boolean {
  const body = fieldIn(describeDraft(type), 'body')
  return body !== undefined && fieldIn(body, 'networkRef')?.isOptional === false
}

const pageNotices = 200

/** All of this type that this participant issued since that day. */
async function ownSince({ notices, member }: Desk, type: string, day: string): Promise<NoticeView[]> {
  const query = { type, issuer: member, since: `${day}T00:00:00.000Z`, limit: pageNotices }
  const found: NoticeView[] = []
  for (let page = await notices.list(query, unnamed); ; ) {
    found.push(...page)
    const last = page.at(-1)
    if (last === undefined || page.length < pageNotices) return found
    page = await notices.list({ ...query, before: last.cursor }, unnamed)
  }
}

const unnamed = { nominal: false }

/** The next number of this participant and year, after all that were issued or are being written. */
async function nextReference({ desk }: Office, { now }: MemberVisit): Promise<string> {
  const year = dayOf(now).slice(0, 4)
  const start = `${desk.member}-${year}-`
  const ofTypes = desk.types.filter(needsReference).map(({ name }) => ownSince(desk, name, `${year}-01-01`))
  const issued = (await Promise.all(ofTypes)).flat()
  const drafts = await desk.drafts.list()
  const used = [
    ...issued.map(({ body }) => body?.networkRef),
    ...drafts.map(({ draft }) => draft.body.networkRef),
    ...desk.unfinished.list().map(({ answers }) => answers['/body/networkRef']?.[0]),
  ]
  const numbers = used.map(reference =>
    typeof reference === 'string' && reference.startsWith(start)
      ? Number(reference.slice(start.length)) || 0
      : 0,
  )
  return start + String(Math.max(0, ...numbers) + 1).padStart(4, '0')
}

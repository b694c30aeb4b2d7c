import { dayOf, type FieldError, isError, type JsonObject, type NoticeType } from '#protocol'
import { faultOf, type WrongField } from '../components/error-summary.ts'
import { bodyForm, fieldAt } from '../content/form.ts'
import { dayErrors } from '../drafting/work.ts'
import type { Office } from '../office.ts'
import { has, type MemberVisit } from '../visit.ts'
import { answered, typed } from './answer-fields.ts'
import { readersFor } from './readers-for.ts'
import type { Story } from './story.ts'

export interface Answering {
  story: Story
  type: NoticeType
  visit: MemberVisit
  office: Office
}

/** Makes the draft; its id, or what is wrong with what was filled in. */
export async function draftAnswer(
  answering: Answering,
): Promise<{ draft: string } | { errors: WrongField[] }> {
  const { story, type, visit, office } = answering
  const value = answerValue(answering)
  const wrongDays = dayErrors(type, value, dayOf(visit.now)).map(each => wrongField(each, answering))
  const early = [...(type.corrects ? whichErrors(answering) : []), ...wrongDays]
  if (early.length > 0) return { errors: early }
  try {
    const { id } = await office.desk.answer(story.view.id, type.name, value, visit.visitor.person)
    return { draft: id }
  } catch (error) {
    if (!isError(error, 'draft-invalid')) throw error
    return { errors: error.details.errors.map(each => wrongField(each, answering)) }
  }
}

/** For whom the notice was, the answer is, and it is kept as long. */
function answerValue({ story, type, visit, office }: Answering): JsonObject {
  const { view } = story
  const text = field(visit, type, 'text')
  const tlp = field(visit, type, 'tlp')
  const until = view.parts.find(({ name }) => name === 'body')?.until
  const readers = readersFor(view, office)
  const to = readers.length > 0 ? 'named' : 'channel'
  return {
    body: {
      ...answered(type, { prefix: type.name, visit }),
      ...correction({ story, type, visit, office }),
      lang: visit.language,
      ...(text !== '' && { text: { [visit.language]: text } }),
      ...(tlp !== '' && { tlp }),
      preparedBy: has(visit, 'officer') ? 'licensing-officer' : 'customs-officer',
      releasedBy: 'releaser',
    },
    parts: { body: { to, ...(until !== undefined && { until }) } },
    ...(readers.length > 0 && { readers }),
  }
}

function correction({ story, type, visit }: Answering): JsonObject {
  if (type.corrects === undefined || story.type === undefined) return {}
  const at = field(visit, type, 'at')
  const form = fieldAt(bodyForm(story.type), at) ?? {}
  return type.corrects.ofOne(at, typed(field(visit, type, 'value'), form))
}

function whichErrors({ type, visit }: Answering): WrongField[] {
  return (['at', 'value'] as const)
    .filter(name => field(visit, type, name) === '')
    .map(name => ({
      name: `${type.name}.${name}`,
      message: visit.t(name === 'at' ? 'notice.correct.which.missing' : 'notice.correct.value.missing'),
    }))
}

function wrongField({ pointer, code, detail }: FieldError, { type, visit }: Answering): WrongField {
  const [, , name = 'text'] = pointer.split('/')
  const title = name === 'patch' ? visit.t('notice.correct.value') : bodyForm(type).properties?.[name]?.title
  return {
    name: `${type.name}.${name === 'patch' ? 'value' : name}`,
    message: faultOf(title, code === 'missing' ? 'error:missing' : detail, visit),
  }
}

function field(visit: MemberVisit, type: NoticeType, name: string): string {
  return (visit.fields.get(`${type.name}.${name}`) ?? '').trim()
}

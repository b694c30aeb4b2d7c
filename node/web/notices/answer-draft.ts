import { dayOf, type FieldError, isError, type JsonObject, type NoticeType } from '#protocol'
import { faultOf, type WrongField } from '../components/error-summary.ts'
import { bodyForm, fieldAt } from '../content/form.ts'
import { answersOf, valueIn } from '../drafting/form/answers.ts'
import { formOf } from '../drafting/form/describe.ts'
import { proposedAudience } from '../drafting/proposed-audience.ts'
import { dayErrors } from '../drafting/work.ts'
import type { Office } from '../office.ts'
import { has, type MemberVisit } from '../visit.ts'
import { answered, typed } from './answer-fields.ts'
import type { Story } from './story.ts'

export interface Answering {
  story: Story
  type: NoticeType
  visit: MemberVisit
  office: Office
}

/** Begins the draft; its id, or what is wrong with what was filled in. */
export async function draftAnswer(
  answering: Answering,
): Promise<{ draft: string } | { errors: WrongField[] }> {
  const { story, type, visit, office } = answering
  const value = answerValue(answering)
  const form = formOf(type, value, office.desk.types)
  const wrongDays = dayErrors(type, value, dayOf(visit.now)).map(each => wrongField(each, answering))
  const early = [...(type.corrects ? whichErrors(answering) : []), ...wrongDays]
  if (early.length > 0) return { errors: early }
  try {
    const audience = valueIn(proposedAudience(type, story.view, office), form)
    office.desk.drafts.check({ ...(audience as JsonObject), ...value })
  } catch (error) {
    if (!isError(error, 'draft-invalid')) throw error
    return { errors: error.details.errors.map(each => wrongField(each, answering)) }
  }
  const begun = { type: type.name, answers: answersOf(value, form) }
  const { id } = await office.desk.unfinished.create(begun, visit.visitor.person)
  return { draft: id }
}

/** All that the form says; whom it is for is asked on the page that comes next. */
function answerValue({ story, type, visit, office }: Answering): JsonObject {
  const { id } = story.view
  const text = field(visit, type, 'text')
  const tlp = field(visit, type, 'tlp')
  return {
    type: type.name,
    body: {
      ...answered(type, { prefix: type.name, visit }),
      ...correction({ story, type, visit, office }),
      ...(type.answers && { [type.answers.field]: id }),
      lang: visit.language,
      ...(text !== '' && { text: { [visit.language]: text } }),
      ...(tlp !== '' && { tlp }),
      preparedBy: has(visit, 'officer') ? 'licensing-officer' : 'customs-officer',
      releasedBy: 'releaser',
    },
    ...(type.answers && { refs: [{ id, rel: type.answers.rel }] }),
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

import type { NoticeType } from '#protocol'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Select, TextArea, TextField } from '../components/field.ts'
import { bodyForm } from '../content/form.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { has, type Visit } from '../visit.ts'
import { AnswerField, askedOf } from './answer-fields.ts'
import { leavesOf } from './leaves.ts'
import type { Story } from './story.ts'

/** A form that was sent and found wrong. */
export interface Wrong {
  type: string
  errors: readonly WrongField[]
}

/** The answers that this reader may draft to this notice. */
export function answersTo(story: Story, visit: Visit, { desk }: Office): NoticeType[] {
  const { view, body, withdrawals } = story
  if (!has(visit, 'officer', 'customs') || view.standing === 'void' || withdrawals.length > 0) return []
  const isOurs = view.issuer === desk.member
  return desk.types.filter(({ answers, corrects }) => {
    if (answers === undefined || (corrects !== undefined && body === undefined)) return false
    // Nobody reports back to themselves.
    if (answers.rel === 'answers') return !isOurs
    return answers.from === 'anyone' || isOurs
  })
}

export interface AnsweringOf {
  story: Story
  visit: Visit
  office: Office
  wrong: Wrong | undefined
}

/** One form for each answer, closed until it is wanted; whom it is for and all of it are checked on the pages that follow. */
export function Answering({ story, visit, office, wrong }: AnsweringOf) {
  const types = answersTo(story, visit, office)
  if (types.length === 0) return null
  const { t, words } = visit
  return html`
    <section class="no-print" aria-labelledby="answering">
      <h2 id="answering">${t('notice.answering')}</h2>
      <p class="quiet">${t('notice.answering.about')}</p>
      ${types.map(
        type => html`
          <details class="answering" open=${wrong?.type === type.name}>
            <summary>${words(type.label)}</summary>
            <p>${words(type.purpose)}</p>
            <${AnswerForm} ...${{ type, story, visit, wrong: wrong?.type === type.name ? wrong : undefined }} />
          </details>
        `,
      )}
    </section>
  `
}

function AnswerForm({ type, story, visit, wrong }: Omit<AnsweringOf, 'office'> & { type: NoticeType }) {
  const { t, words, fields } = visit
  const prefix = type.name
  const errorOf = (name: string) => wrong?.errors.find(each => each.name === `${prefix}.${name}`)?.message
  const held = (name: string) => (wrong ? (fields.get(`${prefix}.${name}`) ?? '') : '')
  const error = (name: string) => {
    const message = errorOf(name)
    return message === undefined ? {} : { error: message }
  }
  const markings = bodyForm(type).properties?.tlp?.enum ?? []
  const ofNotice = typeof story.body?.tlp === 'string' ? story.body.tlp : ''
  return html`
    <form method="post" action=${`/notices/${story.view.id}/answers/${type.name}`}>
      <${ErrorSummary} errors=${wrong?.errors ?? []} visit=${visit} />
      ${type.corrects && html`<${WhichValue} ...${{ type, story, visit, held, error }} />`}
      ${askedOf(type).map(
        asked =>
          html`<${AnswerField} ...${{ asked, prefix, visit, value: held(asked.name), error: errorOf(asked.name) }} />`,
      )}
      <${TextArea}
        name=${`${prefix}.text`}
        label=${t('notice.answer.text')}
        description=${t('notice.answer.text.about')}
        value=${held('text')}
        input=${{ lang: visit.language }}
        ...${error('text')}
      />
      <${Select}
        name=${`${prefix}.tlp`}
        label=${words('Marking')}
        choices=${markings.map(value => ({ value, label: words(value) }))}
        value=${held('tlp') || ofNotice}
        nothing=${t('notice.choose')}
        ...${error('tlp')}
      />
      <p class="actions">
        <button class="ds-button" type="submit">${t('notice.answer.draft')}</button>
        <span class="quiet">${t('notice.answer.then')}</span>
      </p>
    </form>
  `
}

interface WhichValueOf {
  type: NoticeType
  story: Story
  visit: Visit
  held: (name: string) => string
  error: (name: string) => { error?: string }
}

/** A correction of one value: which, and what it should be. */
function WhichValue({ type, story, visit, held, error }: WhichValueOf) {
  if (story.type === undefined || story.body === undefined) return null
  const { t } = visit
  const leaves = leavesOf(story.body, bodyForm(story.type), visit)
  return html`
    <${Select}
      name=${`${type.name}.at`}
      label=${t('notice.correct.which')}
      choices=${leaves.map(({ at, label }) => ({ value: at, label }))}
      value=${held('at')}
      nothing=${t('notice.choose')}
      ...${error('at')}
    />
    <${TextField}
      name=${`${type.name}.value`}
      label=${t('notice.correct.value')}
      description=${t('notice.correct.value.about')}
      value=${held('value')}
      ...${error('value')}
    />
  `
}

import { isObject } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { Language } from '../words/languages.ts'
import { directionOf, languageNames } from '../words/languages.ts'
import { translator } from '../words/messages.ts'
import { Code, Country } from './code.ts'
import { Day } from './when.ts'

export interface ConsultationOf {
  notice: NoticeView
  visit: Visit
  /** We: nobody consults themselves. */
  member: string
}

/** Whom to ask before granting what another State refused (ATR 23(2)), and a text to send; nothing where nobody is to be asked. */
export function Consultation({ notice, visit, member }: ConsultationOf) {
  const asked = consultationOf(notice)
  if (asked === undefined || notice.issuer === member) return null
  const { t } = visit
  const texts = [...new Set<Language>([visit.language, 'en'])]
  return html`
    <div class="consultation">
      <p>${t('screening.consult.why', { state: visit.formats.country(notice.issuer) })}</p>
      <dl class="facts">
        <dt>${t('screening.consult.whom')}</dt>
        <dd><${Country} code=${notice.issuer} visit=${visit} /></dd>
        <dt>${t('screening.consult.mailbox')}</dt>
        <dd><${Code}>${asked.mailbox}<//></dd>
        <dt>${t('screening.consult.by')}</dt>
        <dd>
          ${t(asked.isDiplomatic ? 'screening.consult.diplomatic' : 'screening.consult.direct')}
        </dd>
        ${
          asked.until !== undefined &&
          html`
            <dt>${t('screening.consult.until')}</dt>
            <dd><${Day} day=${asked.until} visit=${visit} /></dd>
          `
        }
      </dl>
      ${texts.map(language => html`<${TextToSend} ...${{ notice, visit, member, language, asked }} />`)}
    </div>
  `
}

interface TextToSendOf extends ConsultationOf {
  language: Language
  asked: Asked
}

function TextToSend({ notice, visit, member, language, asked }: TextToSendOf) {
  const id = `consult-${language}-${notice.id}`
  const text = translator(language)('screening.consult.text', {
    reference: asked.reference ?? notice.id,
    id: notice.id,
    member,
  })
  return html`
    <div class="field">
      <label class="ds-label" for=${id} data-weight="medium">
        ${visit.t('screening.consult.send', { language: languageNames[language] })}
      </label>
      <p class="prose on-paper" lang=${language} dir=${directionOf(language)}>${text}</p>
      <textarea class="ds-input" id=${id} rows="9" readonly lang=${language} dir=${directionOf(language)}>
${text}</textarea
      >
      <p class="no-print">
        <button class="ds-button" data-variant="secondary" type="button" data-copy=${id}>
          ${visit.t('screening.consult.copy')}
        </button>
        <span class="quiet" role="status" data-copied=${visit.t('screening.consult.copied')}></span>
      </p>
    </div>
  `
}

interface Asked {
  mailbox: string
  isDiplomatic: boolean
  /** The last day on which the others consult, YYYY-MM-DD. */
  until: string | undefined
  reference: string | undefined
}

/** What a notice says of whom to consult; a prohibition that is only national is kept out of consultation. */
function consultationOf({ body, status }: NoticeView): Asked | undefined {
  if (body === undefined || status === 'withdrawn' || body.nationalProhibition === true) return undefined
  const { consultContact, validity, networkRef } = body
  if (!isObject(consultContact) || typeof consultContact.mailbox !== 'string') return undefined
  return {
    mailbox: consultContact.mailbox,
    isDiplomatic: consultContact.channel === 'diplomatic',
    until:
      isObject(validity) && typeof validity.lookbackUntil === 'string' ? validity.lookbackUntil : undefined,
    reference: typeof networkRef === 'string' ? networkRef : undefined,
  }
}

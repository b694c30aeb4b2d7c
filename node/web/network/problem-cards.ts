import { findMember, type Registry } from '#protocol'
import { Country } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { formatsFor } from '../formats.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import { translator } from '../words/messages.ts'
import { nameOf, problemWords, type Tongue } from './problem-words.ts'
import { type NetworkProblem, type ProblemCode, problemKinds } from './problems.ts'

/** Of one kind, so many have a card of their own; where half the network is away, the others are named. */
const cardsOfAKind = 5

export interface CardsOf {
  problems: readonly NetworkProblem[]
  visit: Visit
  member: string
  registry: Registry
}

export function ProblemCards({ problems, ...shown }: CardsOf) {
  const { t } = shown.visit
  if (problems.length === 0) return html`<${Empty} why=${t('network.problems.none')} />`
  const byCode = Object.entries(Object.groupBy(problems, ({ code }) => code))
  return html`
    <ol class="plain-list problems">
      ${byCode.map(
        ([code, same = []]) => html`
        ${same.slice(0, cardsOfAKind).map(problem => html`<${ProblemCard} problem=${problem} ...${shown} />`)}
        ${same.length > cardsOfAKind && html`<${Others} code=${code} others=${same.slice(cardsOfAKind)} ...${shown} />`}
      `,
      )}
    </ol>
  `
}

type CardOf = Omit<CardsOf, 'problems'> & { problem: NetworkProblem }

function ProblemCard({ problem, ...shown }: CardOf) {
  const { visit, member } = shown
  const { t } = visit
  const words = problemWords(problem, { ...visit, member })
  const id = `${problem.code}-${problem.member ?? 'here'}`
  return html`
    <li class="problem" data-for=${problemKinds[problem.code]} data-code=${problem.code} data-member=${problem.member}>
      <h3>
        ${problem.member === undefined ? words.what : html`<a href=${`/network/${problem.member}`}>${words.what}</a>`}
      </h3>
      ${words.since && html`<p class="quiet">${words.since}</p>`}
      ${words.cause && html`<p><strong>${t('network.why')}:</strong> ${words.cause}</p>`}
      <p><strong>${t('network.do')}:</strong> ${words.todo}</p>
      <${Letter} id=${id} words=${words} problem=${problem} ...${shown} />
      ${
        problem.detail &&
        html`
          <details class="small" id=${`literal-${id}`}>
            <summary>${t('network.literal')}</summary>
            <p class="code" lang="en" dir="ltr">${problem.detail}</p>
          </details>
        `
      }
    </li>
  `
}

interface LetterOf extends CardOf {
  id: string
  words: ReturnType<typeof problemWords>
}

/** What can be sent as it stands, in the reader's language and in English, which every focal point reads. */
function Letter({ id, words, problem, visit, member, registry }: LetterOf) {
  const { t, language } = visit
  const english =
    language === 'en' ? undefined : problemWords(problem, inEnglish({ visit, member, registry }))
  return html`
    <details id=${`send-${id}`}>
      <summary>${addressee(problem, visit)}</summary>
      <${Copyable} id=${`text-${id}`} text=${words.send} language=${language} visit=${visit} />
      ${english && html`<${Copyable} id=${`text-en-${id}`} text=${english.send} language="en" visit=${visit} />`}
      ${mailLinks(problem, { what: (english ?? words).what, send: [words.send, english?.send], visit, registry })}
    </details>
  `

  function addressee({ code, member: other }: NetworkProblem, tongue: Visit): string {
    const to = problemKinds[code]
    if (to !== 'member' || other === undefined)
      return t(to === 'operator' ? 'network.send.operator' : 'network.send.coordinators')
    return other === member
      ? t('network.send.operator')
      : t('network.send.member', { name: nameOf(other, tongue) })
  }
}

function inEnglish({ visit: { now }, member, registry }: Omit<CardsOf, 'problems'>): Tongue {
  const formats = formatsFor('en', code => findMember(registry, code)?.names)
  return { t: translator('en'), formats, now, member }
}

interface CopyableOf {
  id: string
  text: string
  language: string
  visit: Visit
}

function Copyable({ id, text, language, visit: { t } }: CopyableOf) {
  return html`
    <div class="letter">
      <p id=${id} lang=${language} dir=${language === 'ar' ? 'rtl' : 'ltr'}>${text}</p>
      <button class="ds-button" data-variant="secondary" data-size="sm" type="button" data-copy=${id} data-copied=${t('network.send.copied')}>
        ${t('network.send.copy')}
      </button>
    </div>
  `
}

interface Mail {
  what: string
  send: readonly (string | undefined)[]
  visit: Visit
  registry: Registry
}

function mailLinks({ code, member }: NetworkProblem, { what, send, visit: { t }, registry }: Mail): Markup {
  if (problemKinds[code] !== 'member' || member === undefined) return null
  const addresses = findMember(registry, member)?.contacts.flatMap(({ email }) => email ?? []) ?? []
  const body = send.filter(text => text !== undefined).join('\n\n')
  return addresses.map(address => {
    const subject = plain(t('network.send.subject', { what }))
    const to = `mailto:${encodeURIComponent(address)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(plain(body))}`
    return html`<p><a href=${to}>${t('network.send.mail', { address })}</a></p>`
  })
}

/** Mail programs need no marks of direction around codes. */
function plain(text: string): string {
  return text.replaceAll(/[\u2068\u2069]/g, '')
}

type OthersOf = Omit<CardsOf, 'problems'> & { code: string; others: readonly NetworkProblem[] }

function Others({ code, others, visit }: OthersOf) {
  return html`
    <li class="problem" data-for=${problemKinds[code as ProblemCode]} data-code=${code}>
      <h3>${visit.t('network.problems.more', { count: others.length })}</h3>
      <ul class="inline-list">
        ${others.map(
          ({ member }) =>
            member &&
            html`<li><a href=${`/network/${member}`}><${Country} code=${member} visit=${visit} /></a></li>`,
        )}
      </ul>
    </li>
  `
}

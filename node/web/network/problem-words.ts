import type { Formats } from '../formats.ts'
import type { MessageKey, Translate } from '../words/messages.ts'
import type { NetworkProblem } from './problems.ts'

/** One language, and the time in it. */
export interface Tongue {
  t: Translate
  formats: Formats
  /** Seconds since 1970. */
  now: number
  /** Our own code. */
  member: string
}

/** A problem as a person reads it, and as it is told to whoever can mend it. */
export interface ProblemWords {
  what: string
  since?: string
  cause?: string
  todo: string
  send: string
}

/** Literal errors of the operating system and of libp2p, and what they mean. */
const causes: readonly [literal: RegExp, words: MessageKey][] = [
  [/ECONNREFUSED/, 'network.cause.refused'],
  [/ETIMEDOUT|time(?:d )?-?out|abort/i, 'network.cause.timeout'],
  [/EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/, 'network.cause.unreachable'],
  [/ENOTFOUND|EAI_AGAIN/, 'network.cause.name'],
]

export function problemWords(problem: NetworkProblem, tongue: Tongue): ProblemWords {
  const { t } = tongue
  const values = valuesOf(problem, tongue)
  const since = sinceOf(problem, tongue, values.when)
  const cause = problem.code === 'not-heard' ? causeOf(problem.detail) : undefined
  const all = { ...values, cause: cause === undefined ? '' : t(cause) }
  // Whoever reads it does so later: "a minute ago" would be wrong by then.
  const sent = { ...all, when: values.exact, since: sinceOf(problem, tongue, values.exact) ?? '' }
  return {
    what: t(`network.problem.${problem.code}.what`, all),
    todo: t(`network.problem.${problem.code}.do`, all),
    send: `${t(`network.problem.${problem.code}.send`, sent)}\n${t('network.send.sign', sent)}`,
    ...(since !== undefined && { since }),
    ...(cause !== undefined && { cause: t(cause) }),
  }
}

function causeOf(literal: string | undefined): MessageKey | undefined {
  return causes.find(([pattern]) => literal !== undefined && pattern.test(literal))?.[1]
}

/** With the code, isolated: names alone are easily mixed up on the telephone. */
export function nameOf(code: string, { formats }: Pick<Tongue, 'formats'>): string {
  const name = formats.country(code)
  return name === code ? `\u2068${code}\u2069` : `${name} (\u2068${code}\u2069)`
}

function valuesOf({ member, at, count = 0, version, ownVersion }: NetworkProblem, tongue: Tongue) {
  const { formats, now } = tongue
  return {
    name: member === undefined ? '' : nameOf(member, tongue),
    us: nameOf(tongue.member, tongue),
    when: at === undefined ? '' : formats.from(at, now),
    exact: at === undefined ? '' : formats.instant(at),
    count,
    version: isolated(version),
    ownVersion: isolated(ownVersion),
  }
}

function sinceOf({ code, at }: NetworkProblem, { t, formats }: Tongue, when: string): string | undefined {
  if (code === 'not-heard' || code === 'refusing-us' || code === 'refused-by-us') {
    return at === undefined ? t('network.since.never') : t('network.since.heard', { when })
  }
  return at === undefined || isNoBeginning.includes(code)
    ? undefined
    : t('network.since.at', { exact: formats.instant(at) })
}

/** Their time is another than that since when they are there. */
const isNoBeginning: readonly string[] = ['registry-expiring', 'key-ending', 'not-held', 'long-behind']

function isolated(text = ''): string {
  return `\u2068${text}\u2069`
}

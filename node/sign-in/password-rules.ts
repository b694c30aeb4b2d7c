import { type FieldError, FocalpointError } from '#protocol'
import { withoutRuns } from './runs.ts'
import { triedFirst } from './tried-first.ts'

/** NIST SP 800-63B-4, 3.1.1.2: at least 15 where nothing else is asked for; no rules for capitals, digits or signs. */
const passwordCharacters = { least: 15, most: 256 }
/** So much must be left when what a guesser tries first is taken out. */
const leftLeast = 8
/** Shorter ones stand in other words by accident. */
const wordLeast = 3
/** Fewer different ones are soon tried in every order. */
const differentLeast = 5
/** How digits are written for letters. */
const lookalikes: Readonly<Record<string, string>> = {
  a: '[a4]',
  b: '[b8]',
  e: '[e3]',
  g: '[g9]',
  i: '[i1]',
  l: '[l1]',
  o: '[o0]',
  s: '[s5]',
  t: '[t7]',
}

interface Fault {
  code: string
  detail: string
  /** What is left of the password without what this fault is about. */
  left: (text: string, own: readonly string[]) => string
}

/** SP 800-63B-4, 3.1.1.2: what is expected, commonly used, or derived from the service and the person; the reason is told. */
const faults: readonly Fault[] = [
  {
    code: 'own-words',
    detail:
      'It is hardly more than your name, the name of your State or of this service, and digits. Use other words.',
    left: (text, own) => lettersOf(text.replaceAll(patternOf(own), ''), text),
  },
  {
    code: 'common',
    detail:
      'It is hardly more than words that everybody tries first, and digits. Use several words that have nothing to do with each other.',
    left: text => lettersOf(text.replaceAll(commonWords(), ''), text),
  },
  {
    code: 'sequence',
    detail:
      'It is hardly more than characters in their order, as in the alphabet or on a keyboard. Use several words.',
    left: withoutRuns,
  },
  {
    code: 'repeated',
    detail: 'It is hardly more than a few characters or one word over and over. Use several words.',
    left: onceEach,
  },
]

let common: RegExp | undefined

/** Made when the first password is set: it takes a tenth of a second. */
function commonWords(): RegExp {
  common ??= patternOf(triedFirst())
  return common
}

/** Throws `request-malformed` with what is wrong with a new password; `own` are names that everybody here knows. */
export function checkNewPassword(password: string, { own }: { own: readonly string[] }): void {
  const fault = faultIn(password.normalize('NFKC'), own)
  if (fault === undefined) return
  throw new FocalpointError('request-malformed', `This password cannot be taken. ${fault.detail}`, {
    errors: [{ pointer: '/next', ...fault }],
  })
}

function faultIn(password: string, own: readonly string[]): Omit<FieldError, 'pointer'> | undefined {
  const { least, most } = passwordCharacters
  const length = [...password].length
  if (length < least)
    return {
      code: 'too-short',
      detail: `Use at least ${least} characters: several words are easy to keep in mind.`,
    }
  if (length > most) return { code: 'too-long', detail: `Use at most ${most} characters.` }
  let text = plain(password)
  // Of one that is all signs the signs count.
  if ([...text].length < leftLeast) text = password.toLowerCase().replaceAll(/\s/g, '')
  for (const { code, detail, left } of faults) {
    const rest = left(text, own)
    if (rest !== text && [...rest].length < leftLeast) return { code, detail }
    text = rest
  }
  return undefined
}

/** Where something was taken out, digits beside it make nothing harder to guess. */
function lettersOf(rest: string, before: string): string {
  return rest === before ? rest : rest.replaceAll(/\p{N}/gu, '')
}

/** One of each run of the same character, and of a whole that is repeated; nothing where few are different. */
function onceEach(text: string): string {
  const once = text.replaceAll(/(.)\1{2,}/gu, '$1').replace(/^(.+?)\1+.{0,3}$/u, '$1')
  return new Set(once).size < differentLeast ? '' : once
}

/** Any of these texts, their single words, and all of them backward, with digits for letters or without. */
function patternOf(texts: readonly string[]): RegExp {
  const words = texts.flatMap(text => [text, ...text.split(/[^\p{L}\p{M}\p{N}]+/u)]).map(plain)
  const both = words
    .filter(word => [...word].length >= wordLeast)
    .flatMap(word => [word, [...word].reverse().join('')])
  const sources = both
    .sort((a, b) => b.length - a.length)
    .map(word => [...word].map(each => lookalikes[each] ?? each).join(''))
  return new RegExp(sources.length === 0 ? '(?!)' : sources.join('|'), 'gu')
}

/** Letters and digits alone, in small letters without accents. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .replaceAll('@', 'a')
    .replaceAll('$', 's')
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '')
}

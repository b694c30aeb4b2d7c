import { type FieldError, FocalpointError } from '#protocol'

/** NIST SP 800-63B-4, 3.1.1.2: length counts; no rules for capitals, digits or signs. */
const passwordCharacters = { least: 12, most: 256 }
/** So much must be left when the person's name, or a word that everybody tries first, is taken out. */
const ownCharacters = 6

/** Parts of the passwords of this length that are tried first. */
const triedFirst = [
  'password',
  'passwort',
  'motdepasse',
  'contraseña',
  'focalpoint',
  'administrator',
  'welcome',
  'letmein',
  'changeme',
  'iloveyou',
  'correcthorsebatterystaple',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  '1q2w3e4r5t',
  'abcdefgh',
  '1234567890',
  '123456789',
  '12345678',
  '123456',
]

/** Throws `request-malformed` with what is wrong with a new password. */
export function checkNewPassword(password: string, { name }: { name: string }): void {
  const fault = faultIn(password.normalize('NFKC'), name)
  if (fault === undefined) return
  throw new FocalpointError('request-malformed', `This password cannot be taken. ${fault.detail}`, {
    errors: [{ pointer: '/next', ...fault }],
  })
}

function faultIn(password: string, name: string): Omit<FieldError, 'pointer'> | undefined {
  const { least, most } = passwordCharacters
  const length = [...password].length
  if (length < least)
    return {
      code: 'too-short',
      detail: `Use at least ${least} characters: several words are easy to keep in mind.`,
    }
  if (length > most) return { code: 'too-long', detail: `Use at most ${most} characters.` }
  if (isRepeated(password))
    return { code: 'guessable', detail: 'Do not repeat a few characters over and over.' }
  const own = [name, ...triedFirst].reduce(
    (left, word) => left.replaceAll(plain(word) || '\0', ''),
    plain(password),
  )
  if ([...own].length >= ownCharacters) return undefined
  return {
    code: 'guessable',
    detail: 'It is hardly more than your name or words that are tried first. Use other words.',
  }
}

function isRepeated(password: string): boolean {
  return /^(.{1,4}?)\1+.{0,3}$/u.test(password)
}

/** Without spaces and punctuation, in small letters. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}]/gu, '')
}

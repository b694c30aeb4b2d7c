import { FocalpointError } from '#protocol'
import { askText, hasTerminal } from '../ask.ts'
import { usage } from './files.ts'

/**
 * Nothing is signed unheard: the person has been read the number of this very text by someone whose voice they know, and
 * gives its first group or more. Throws `safety-number-differs`, and `usage` where nobody can be asked.
 */
export async function confirmNumber(own: string, given: string | undefined): Promise<void> {
  if (given === undefined && !hasTerminal()) {
    throw usage('--safety-number is needed where there is no terminal: its first group, or all twelve.')
  }
  const heard =
    given ?? (await askText({ message: 'Type the first group of the safety number that you were read' }))
  if (isSame(own, heard)) return
  throw new FocalpointError(
    'safety-number-differs',
    'This is not the safety number of the file: it is another file than the one that was read to you, or you misheard. Nothing was signed.',
    { what: heard },
  )
}

/** The first group or more, with or without spaces. */
function isSame(own: string, heard: string): boolean {
  const digits = heard.replaceAll(/\s/g, '')
  return /^(\d{5}){1,12}$/.test(digits) && own.replaceAll(' ', '').startsWith(digits)
}

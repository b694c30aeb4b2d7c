import type { Command } from 'commander'
import { FocalpointError } from '#protocol'
import { type PassphraseSources, passphraseFrom } from '../passphrase.ts'
import { type AskPassphrase, askedFor, shortestPassphrase } from '../secret-file.ts'
import { askSecret, hasTerminal } from './ask.ts'
import { wholeNumber } from './options.ts'

export interface PassphraseOption {
  passphraseFd?: number
}

/** `--passphrase-fd`, on every command that opens a key file. */
export function asSecret(command: Command): Command {
  return command.option(
    '--passphrase-fd <number>',
    'file descriptor from which the passphrase is read (else the systemd credential "focalpoint-passphrase", else a terminal)',
    wholeNumber,
  )
}

/** The passphrase of a file that is there, looked for once and only when it is needed. */
export function passphraseFor(what: string, { passphraseFd }: PassphraseOption): AskPassphrase {
  let asked: Promise<string | undefined> | undefined
  return () => {
    asked ??= passphraseFrom({
      fd: passphraseFd,
      environment: process.env,
      prompt: hasTerminal() ? () => askSecret({ message: `Passphrase of ${what}` }) : undefined,
    })
    return asked
  }
}

/** Its own descriptor, for the key file may be opened by the same command with another passphrase. */
export function recoveryPassphraseFor(
  path: string,
  { recoveryPassphraseFd: fd }: { recoveryPassphraseFd?: number },
): AskPassphrase {
  const ask = passphraseFor(path, fd === undefined ? {} : { passphraseFd: fd })
  return () => askedFor(path, ask, '--recovery-passphrase-fd')
}

/** The passphrase for a file that is to be written, long enough; typed twice on a terminal. */
export async function newPassphrase(
  what: string,
  {
    passphraseFd,
    flag = '--passphrase-fd',
    environment = process.env,
  }: PassphraseOption & { flag?: string; environment?: PassphraseSources['environment'] },
): Promise<string> {
  const passphrase = await passphraseFrom({
    fd: passphraseFd,
    environment,
    prompt: hasTerminal() ? () => typedTwice(what) : undefined,
  })
  if (passphrase === undefined) {
    const missing = `${flag} is needed where there is no terminal`
    throw new FocalpointError(
      'passphrase-missing',
      `${missing}: it names a file descriptor with the passphrase for ${what}.`,
      { what: missing },
    )
  }
  const fault = faultOf(passphrase)
  if (fault !== undefined) throw new FocalpointError('usage', fault, { what: fault })
  return passphrase
}

async function typedTwice(what: string): Promise<string> {
  const first = await askSecret({ message: `A passphrase for ${what}`, check: faultOf })
  await askSecret({
    message: 'The same once more',
    check: again => (again === first ? undefined : 'The two differ.'),
  })
  return first
}

function faultOf(passphrase: string): string | undefined {
  return [...passphrase].length < shortestPassphrase
    ? `The passphrase must have ${shortestPassphrase} characters or more: five or six words are easy to keep.`
    : undefined
}

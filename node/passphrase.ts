import {
  createReadStream,
  existsSync,
  fstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FocalpointError } from '#protocol'

/** The name under which systemd hands the passphrase over: `LoadCredentialEncrypted=focalpoint-passphrase:…`. */
export const passphraseCredential = 'focalpoint-passphrase'
const mostBytes = 4096

export interface PassphraseSources {
  /** A file descriptor that is read to its end. */
  fd?: number | undefined
  /** Name of the systemd credential. */
  credential?: string | undefined
  environment: Readonly<Record<string, string | undefined>>
  /** Asks on a terminal; undefined where there is none. */
  prompt?: (() => Promise<string>) | undefined
}

/**
 * The first that there is: file descriptor, systemd credential, prompt. Never an argument or a variable, which others on
 * the machine can read. Throws `passphrase-missing` where a source that was named cannot be read or is empty.
 */
export async function passphraseFrom({
  fd,
  credential = passphraseCredential,
  environment,
  prompt,
}: PassphraseSources): Promise<string | undefined> {
  if (fd !== undefined) return firstLine(await readDescriptor(fd, environment), `file descriptor ${fd}`)
  const folder = environment.CREDENTIALS_DIRECTORY
  const held = folder === undefined ? undefined : await readCredential(join(folder, credential))
  if (held !== undefined) return firstLine(held, `the credential ${credential}`)
  return prompt?.()
}

async function readDescriptor(fd: number, environment: PassphraseSources['environment']): Promise<string> {
  let text = ''
  try {
    for await (const piece of openDescriptor(fd).setEncoding('utf8')) {
      text += piece
      if (text.length > mostBytes) throw new RangeError(`it holds more than ${mostBytes} bytes`)
    }
  } catch (cause) {
    const isUnderNpm = fd > 2 && environment.npm_lifecycle_event !== undefined
    const why = isUnderNpm
      ? ', for npm hands on none above 2: use "node node/bin.js" instead of "npm run"'
      : ''
    throw missing(`file descriptor ${fd} cannot be read${why}`, cause)
  }
  return text
}

/** A pipe may have nothing yet, and be set not to wait: a socket waits, a file stream would fail. */
function openDescriptor(fd: number): Readable {
  const status = fstatSync(fd)
  if (isNodesOwn(fd, status)) throw new RangeError('nothing was handed over under this number')
  return status.isFIFO() || status.isSocket()
    ? new Socket({ fd, readable: true, writable: false })
    : createReadStream('', { fd })
}

/** Reading, and then closing, one that Node works with would abort it: event queues, and pipes that it holds both ends of. */
function isNodesOwn(fd: number, status: Stats): boolean {
  if (fd < 3) return false
  if (status.isFIFO()) return holdsBothEnds(fd)
  return !(status.isFile() || status.isSocket() || status.isCharacterDevice())
}

/** A second number may stand for the same end: a pipe that somebody else fills has no writing end here. */
function holdsBothEnds(fd: number): boolean {
  const own = '/proc/self/fd'
  if (!existsSync(own)) return false
  const target = readlinkSync(`${own}/${fd}`)
  return readdirSync(own).some(other => {
    try {
      const [, flags = '0'] = /^flags:\s*([0-7]+)/m.exec(readFileSync(`${own}info/${other}`, 'utf8')) ?? []
      return Number.parseInt(flags, 8) % 4 !== 0 && readlinkSync(`${own}/${other}`) === target
    } catch {
      // Closed meanwhile, as the one is that lists the others.
      return false
    }
  })
}

/** systemd makes the folder for any credential: ours need not be in it. */
async function readCredential(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw missing(`the credential ${path} cannot be read`, cause)
  }
}

/** One line, so that `echo` and editors may end it. */
function firstLine(text: string, source: string): string {
  const [line = '', ...more] = text.split(/\r?\n/)
  if (line === '') throw missing(`${source} is empty`)
  if (more.some(each => each !== '')) throw missing(`${source} holds more than one line`)
  return line
}

function missing(what: string, cause?: unknown): FocalpointError<'passphrase-missing'> {
  return new FocalpointError('passphrase-missing', `The passphrase is missing: ${what}.`, { what }, { cause })
}

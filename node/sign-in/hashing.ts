import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { FocalpointError } from '#protocol'

/** What a hash costs. */
export interface Cost {
  memoryKib: number
  passes: number
  lanes: number
}

export type Hash = (message: Uint8Array, salt: Uint8Array, cost: Cost) => Promise<Uint8Array>

/** OWASP Password Storage Cheat Sheet: Argon2id with m=19456 (19 MiB), t=2, p=1 at the least. */
export const cost: Cost = { memoryKib: 19_456, passes: 2, lanes: 1 }
const saltBytes = 16
const hashBytes = 32
/** One at a time: they run beside the store's writes, and each takes its memory. */
const waitingMost = 16
const retryAfterSeconds = 5

export const argon2id: Hash = (message, nonce, { memoryKib, passes, lanes }) =>
  new Promise((resolve, reject) => {
    const parameters = { message, nonce, parallelism: lanes, tagLength: hashBytes, memory: memoryKib, passes }
    argon2('argon2id', parameters, (error, hash) => (error ? reject(error) : resolve(hash)))
  })

/** Passwords made into PHC strings and compared with them; whatever it is compared with, a run takes as long. */
export class Hashing {
  readonly #hash: Hash
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  constructor(hash: Hash = argon2id) {
    this.#hash = hash
  }

  /** Throws `too-many-requests`. */
  async phcOf(password: string): Promise<string> {
    const salt = randomBytes(saltBytes)
    const hash = await this.#inTurn(() => this.#hash(bytesOf(password), salt, cost))
    const { memoryKib, passes, lanes } = cost
    return ['', 'argon2id', 'v=19', `m=${memoryKib},t=${passes},p=${lanes}`, base64(salt), base64(hash)].join(
      '$',
    )
  }

  /** Without anything to compare with it is run all the same, and is never right. Throws `too-many-requests`. */
  async isRight(password: string, phc: string | undefined): Promise<boolean> {
    const kept = phc === undefined ? undefined : parsePhc(phc)
    const {
      salt,
      hash,
      cost: asKept,
    } = kept ?? { salt: randomBytes(saltBytes), hash: randomBytes(hashBytes), cost }
    const found = await this.#inTurn(() => this.#hash(bytesOf(password), salt, asKept))
    return timingSafeEqual(found, hash) && kept !== undefined
  }

  async #inTurn<Made>(work: () => Promise<Made>): Promise<Made> {
    if (this.#waiting >= waitingMost) throw tooMany()
    this.#waiting += 1
    const made = this.#last.then(work)
    this.#last = made.catch(() => {})
    return made.finally(() => {
      this.#waiting -= 1
    })
  }
}

/** Whether it was made when less was asked of a hash. */
export function isOutgrown(phc: string): boolean {
  const held = parsePhc(phc)?.cost
  return held === undefined || held.memoryKib < cost.memoryKib || held.passes < cost.passes
}

function parsePhc(phc: string): { cost: Cost; salt: Uint8Array; hash: Uint8Array } | undefined {
  const [, memory, passes, lanes, salt = '', hash = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(phc) ?? []
  const bytes = Buffer.from(hash, 'base64')
  if (memory === undefined || bytes.length !== hashBytes) return undefined
  return {
    cost: { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    hash: bytes,
  }
}

/** One password however a keyboard composes its letters (NIST SP 800-63B-4, 3.1.1.2). */
function bytesOf(password: string): Uint8Array {
  return Buffer.from(password.normalize('NFKC'))
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}

function tooMany(): FocalpointError<'too-many-requests'> {
  return new FocalpointError(
    'too-many-requests',
    'Many people are signing in at this moment. Wait a few seconds, then try again.',
    { retryAfterSeconds },
  )
}

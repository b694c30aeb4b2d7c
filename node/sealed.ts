import { CompactEncrypt, compactDecrypt } from 'jose'
import { FocalpointError } from '#protocol'

/**
 * Rounds of PBKDF2 with HMAC-SHA-512, some 0.3 s: OWASP's Password Storage Cheat Sheet asks for 210,000 of them, and for
 * 600,000 with SHA-256; the larger is taken for both.
 */
const rounds = 600_000
/** Room for files that a later version seals with more. */
const mostRounds = 10_000_000

const alg = 'PBES2-HS512+A256KW'
const enc = 'A256GCM'

/** A value as a compact JWE (RFC 7516; PBES2 of RFC 7518, section 4.8) that only this passphrase opens. */
export async function seal(value: object, passphrase: string): Promise<string> {
  return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(value)))
    .setProtectedHeader({ alg, enc })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(secretOf(passphrase))
}

/** What was sealed. Throws `passphrase-wrong`; a text that was changed is not told from it. */
export async function unseal(jwe: string, passphrase: string): Promise<unknown> {
  let plaintext: Uint8Array
  try {
    const opened = await compactDecrypt(jwe, secretOf(passphrase), {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: [enc],
      maxPBES2Count: mostRounds,
    })
    plaintext = opened.plaintext
  } catch (cause) {
    const what = 'the passphrase does not open it, or it was damaged'
    throw new FocalpointError(
      'passphrase-wrong',
      'This passphrase does not open the keys. Check it (capitals, keyboard layout) and try again; if it is the right one, the file is damaged.',
      { what },
      { cause },
    )
  }
  return JSON.parse(new TextDecoder().decode(plaintext))
}

/** One letter may be typed in two ways: NFC makes them one (RFC 8265, section 4.1). */
function secretOf(passphrase: string): Uint8Array {
  return new TextEncoder().encode(passphrase.normalize('NFC'))
}

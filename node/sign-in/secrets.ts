import { randomBytes } from 'node:crypto'
import { sha256 } from '#protocol'

/** 256 bits; `fl_` for a link, `fs_` for a session. */
export function newSecret(kind: 'fl' | 'fs'): { secret: string; hash: string } {
  const secret = `${kind}_${randomBytes(32).toString('base64url')}`
  return { secret, hash: sha256(secret) }
}

/** Undefined for what is no secret of this kind. */
export function hashOf(kind: 'fl' | 'fs', secret: string): string | undefined {
  return /^f[ls]_[A-Za-z0-9_-]{43}$/.test(secret) && secret.startsWith(`${kind}_`)
    ? sha256(secret)
    : undefined
}

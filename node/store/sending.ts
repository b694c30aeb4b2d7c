import { type ErrorCode, FocalpointError } from '#protocol'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { late, type Operation, putJson, remove } from './operation.ts'

/** A draft that was released and is about to be signed and sent. */
export interface StoredSending {
  /** The draft's id. */
  draft: string
  /** Of the draft, as it was read. */
  version: number
  /** The id of the person who released it. */
  by: string
  /** Seconds since 1970, like the next. */
  at: number
  sendAt: number
  /** Of the process that counts: another one never sends by itself what it finds here. */
  run: string
  /** Why it could not be sent. */
  failed?: { code: ErrorCode; message: string }
}

export interface Sendings {
  find: (draft: string) => StoredSending | undefined
  list: () => StoredSending[]
  /** Nothing new where the same version is being sent by the same process. */
  beginOps: (sending: StoredSending) => Operation[]
  /** Nothing where it is gone or begun anew. */
  failOps: (sending: StoredSending, failed: NonNullable<StoredSending['failed']>) => Operation[]
  /** Makes `write` throw `not-found`. */
  stopOps: (draft: string) => Operation[]
  deleteOps: (draft: string) => Operation[]
}

export function sendingsIn(mirror: Mirror): Sendings {
  const rows = jsonRows<StoredSending>(mirror)
  return {
    find: draft => rows.find(tables.sending.key(draft)),
    list: rows.list,
    beginOps: sending =>
      late(view => {
        const key = tables.sending.key(sending.draft)
        const held = parsed(view.get(key))
        const isSame =
          held?.run === sending.run && held.version === sending.version && held.failed === undefined
        return isSame ? [] : [putJson(key, sending)]
      }),
    failOps: (sending, failed) =>
      late(view => {
        const key = tables.sending.key(sending.draft)
        const held = parsed(view.get(key))
        return held?.at === sending.at && held.run === sending.run ? [putJson(key, { ...held, failed })] : []
      }),
    stopOps: draft =>
      late(view => {
        const key = tables.sending.key(draft)
        if (view.get(key) !== undefined) return [remove(key)]
        throw new FocalpointError('not-found', 'Nothing is about to be sent here.', {
          what: 'sending',
          id: draft,
        })
      }),
    deleteOps: draft => [remove(tables.sending.key(draft))],
  }
}

function parsed(value: string | undefined): StoredSending | undefined {
  return value === undefined ? undefined : JSON.parse(value)
}

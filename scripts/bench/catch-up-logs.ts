import { createHash } from 'node:crypto'
import {
  type Draft,
  importPrivateKey,
  type Members,
  nextNotice,
  noticeIdOf,
  noticeText,
  signEnvelope,
  thumbprint,
} from '#protocol'
import type { Alliance } from '../alliance.ts'

/** Signed logs of these issuers, one text each, in log order. */
export async function* signedLogs({
  alliance,
  net,
  members,
  issuers,
  draft,
  count,
}: {
  alliance: Alliance
  net: string
  members: Members
  issuers: readonly string[]
  draft: Draft
  /** For each issuer. */
  count: number
}): AsyncGenerator<string> {
  for (const issuer of issuers) {
    const keys = alliance.memberKeys.find(each => each.member === issuer)
    if (keys === undefined) throw new TypeError(`There is no member ${issuer}.`)
    const key = await importPrivateKey(keys.signing)
    const kid = thumbprint(keys.signing)
    let head: { seq: number; id: string } | undefined
    for (let seq = 1; seq <= count; seq++) {
      let salts = 0
      const { payload, parts } = nextNotice(draft, {
        issuer,
        channel: 'torture',
        head,
        iat: 1_780_000_000 + seq,
        members: members.version,
        salt: () => saltOf(`${issuer} ${seq} ${salts++}`),
      })
      const jws = await signEnvelope(payload, { kid, net, key })
      head = { seq, id: noticeIdOf(jws) }
      yield noticeText({ envelope: { jws }, parts })
    }
  }
}

function saltOf(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')
}

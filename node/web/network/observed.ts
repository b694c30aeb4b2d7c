import type { Office } from '../office.ts'
import { type Observed, problemLimits } from './problems.ts'

/** So many of our newest notices are looked at for who lacks them. */
const ownNotices = 50

/** All that problems are found in. */
export async function observe({ desk }: Office, now: number): Promise<Observed> {
  const notices = await desk.notices.list({ issuer: desk.member, limit: ownNotices }, { nominal: false })
  const isDue = (issuedAt: string) => now - Date.parse(issuedAt) / 1000 > problemLimits.heldWithinSeconds
  return {
    network: desk.network(),
    history: desk.networkHistory(),
    health: desk.health(),
    own: notices.flatMap(({ issuedAt, heldBy: { missing } }) =>
      isDue(issuedAt) ? [{ issuedAt, missing }] : [],
    ),
    now,
  }
}

import type { ExportDesk } from './desk/export.ts'
import type { Store } from './store/index.ts'

/** What the store tells an export besides notices. */
export function openExportDesk({ notices, evidence }: Pick<Store, 'notices' | 'evidence'>): ExportDesk {
  return {
    begun: () => {},
    heads: () => notices.heads(),
    ids: ({ channel, issuer, seq }, limit) => notices.logIds(channel, issuer, seq, seq + limit - 1),
    evidence: () => [
      ...evidence
        .forks()
        .filter(({ settledAt }) => settledAt === undefined)
        .map(({ channel, text }) => ({ channel, kind: 'fork' as const, text })),
      ...evidence.stops().map(({ channel, text }) => ({ channel, kind: 'stop' as const, text })),
    ],
  }
}

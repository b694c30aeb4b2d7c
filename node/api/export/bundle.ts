import { createHash } from 'node:crypto'
import {
  bundleHeadText,
  bundleLineText,
  FocalpointError,
  type Frontier,
  type Registry,
  trustFingerprint,
  trustText,
} from '#protocol'
import type { Desk, NoticeView } from '../../desk/desk.ts'
import { mayHavePart } from '../../desk/parts.ts'

export interface BundlePlan {
  desk: Pick<Desk, 'member' | 'notices' | 'exports' | 'registry'>
  filters: Record<string, string>
  nominal: boolean
  /** ISO 8601. */
  at: string
  checkAllowed: () => void
}

/** Of one log: the places that were asked for. */
interface Asked {
  channel: string
  issuer: string
  from: number
  seqs: Set<number>
}

const idsAtOnce = 200

/**
 * The lines of a bundle. What was asked for is found first, for its places only: the head says how many lines follow.
 * Then each log is read in its order, so that a reader can check it with one notice in memory.
 */
export async function* bundleText(
  views: AsyncIterable<NoticeView>,
  plan: BundlePlan,
): AsyncGenerator<string> {
  const { logs, destroyAfter } = await placesOf(views, plan.nominal)
  const heads = plan.desk.exports.heads()
  const digest = createHash('sha256')
  for await (const text of linesOf({ ...plan, logs, heads, destroyAfter })) {
    digest.update(text)
    yield text
  }
  yield bundleLineText({ end: digest.digest('base64url') })
}

async function* linesOf(
  plan: BundlePlan & { logs: Asked[]; heads: Frontier; destroyAfter: string | undefined },
): AsyncGenerator<string> {
  const { desk, logs, heads, nominal, filters, at, destroyAfter, checkAllowed } = plan
  const registry: Registry = desk.registry()
  const channels = new Set(logs.map(({ channel }) => channel))
  const evidence = desk.exports.evidence().filter(({ channel }) => channels.has(channel))
  const notices = logs.reduce((sum, { seqs }) => sum + seqs.size, 0)
  const places = logs.reduce((sum, log) => sum + headOf(heads, log) - log.from + 1, 0)
  yield bundleHeadText({
    net: registry.net,
    by: desk.member,
    at,
    filters,
    names: nominal,
    notices,
    links: places - notices,
    ...(destroyAfter !== undefined && { destroyAfter }),
    heads,
    evidence: {
      forks: evidence.flatMap(({ kind, text }) => (kind === 'fork' ? [text] : [])),
      stops: evidence.flatMap(({ kind, text }) => (kind === 'stop' ? [text] : [])),
    },
    fingerprint: trustFingerprint(registry),
    trust: JSON.parse(trustText(registry)),
  })
  for (const log of logs) {
    for (let seq = log.from; seq <= headOf(heads, log); ) {
      checkAllowed()
      const ids = desk.exports.ids({ ...log, seq }, Math.min(idsAtOnce, headOf(heads, log) - seq + 1))
      if (ids.length === 0) throw changed(log)
      for (const [at, id] of ids.entries()) {
        const text = desk.notices.text(id, { nominal })
        if (text === undefined) throw changed(log)
        yield bundleLineText(log.seqs.has(seq + at) ? { notice: text } : { link: envelopeIn(text) })
      }
      seq += ids.length
    }
  }
}

/** One log after the other; of each the lowest place is where its chain must begin. */
async function placesOf(
  views: AsyncIterable<NoticeView>,
  nominal: boolean,
): Promise<{ logs: Asked[]; destroyAfter: string | undefined }> {
  const logs = new Map<string, Asked>()
  let destroyAfter: string | undefined
  for await (const { channel, issuer, seq, parts } of views) {
    const key = `${channel}/${issuer}`
    const log = logs.get(key) ?? { channel, issuer, from: seq, seqs: new Set() }
    log.from = Math.min(log.from, seq)
    log.seqs.add(seq)
    logs.set(key, log)
    for (const { name, held, until } of parts) {
      if (!held || until === undefined || !mayHavePart(name, { nominal })) continue
      if (destroyAfter === undefined || until < destroyAfter) destroyAfter = until
    }
  }
  const inOrder = [...logs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, log]) => log)
  return { logs: inOrder, destroyAfter }
}

function headOf(heads: Frontier, { channel, issuer, from }: Asked): number {
  return heads[channel]?.[issuer]?.[0] ?? from
}

/** The registry has decided against notices that were to follow. */
function changed({ channel, issuer }: Asked): FocalpointError<'conflict'> {
  const what = `The log of ${issuer} in ${channel} became shorter meanwhile: export again.`
  return new FocalpointError('conflict', what, { what })
}

/** The envelope without parts is a whole text by itself. */
function envelopeIn(text: string): string {
  return text.slice(0, text.indexOf('~') + 1)
}

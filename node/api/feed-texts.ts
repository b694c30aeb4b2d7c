import { Feed } from 'feed'
import type { DeliveryKind, FeedView } from '../subscription.ts'

export interface Place {
  /** The participant whose node this is. */
  member: string
  /** Where the reader reached this node: `https://node.example`. */
  at: string
  /** Of the feed itself. */
  path: string
}

type Item = FeedView['items'][number]
/** How plain text stands in a title: in Atom it is HTML, in a JSON Feed it is not. */
type Writing = (text: string) => string

/** What is said of a notice that was told before. */
const beginnings: Record<DeliveryKind, string> = {
  notice: '',
  parts: 'More of it came in: ',
  erased: 'Erased: ',
  voided: 'Void: ',
  forked: 'Disputed: ',
  matched: 'A consignment that you keep has a new match',
  test: 'Test',
}

export function atomText(feed: FeedView, place: Place): string {
  return feedOf(feed, place, htmlOf).atom1()
}

/** The library writes version 1; version 1.1 of the same items differs in its name. */
export function jsonFeedText(feed: FeedView, place: Place): string {
  const { author: _, ...written } = JSON.parse(feedOf(feed, place, text => text).json1())
  return JSON.stringify({ ...written, version: 'https://jsonfeed.org/version/1.1' })
}

function feedOf({ id, label, at, items }: FeedView, place: Place, titled: Writing): Feed {
  const link = place.at + place.path
  const feed = new Feed({
    id: `urn:focalpoint:${place.member}:feed:${id}`,
    title: `${label} – focalpoint ${place.member}`,
    updated: new Date(at * 1000),
    generator: 'focalpoint',
    author: { name: place.member },
    feed: link,
    feedLinks: { json: link },
  })
  for (const item of items) feed.addItem(itemOf(item, place, titled))
  return feed
}

function itemOf({ delivery, notice }: Item, { at }: Place, titled: Writing): Parameters<Feed['addItem']>[0] {
  const { id, kind, subject } = delivery
  return {
    id: `urn:focalpoint:delivery:${id}`,
    title: titled(titleOf({ delivery, ...(notice && { notice }) })),
    link: kind === 'matched' ? `${at}/screen/kept/${subject}` : `${at}/notices/${subject}`,
    date: new Date(delivery.at * 1000),
    content: notice === undefined ? htmlOf(beginnings[kind] || 'It is no longer here.') : contentOf(notice),
  }
}

/** Whoever has the link learns no more; whoever may read it follows the link and signs in. */
const readHere = 'A notice for named readers: sign in to read it'

/** A drill says so first of all. */
function titleOf({ delivery: { kind }, notice }: Item): string {
  if (notice === undefined) return beginnings[kind] || 'No longer here'
  if ('isReadHereOnly' in notice) return `${drill(notice)}${beginnings[kind]}${readHere}`
  const { issuer, label, summary, status } = notice
  const over = ['withdrawn', 'corrected'].includes(status) ? ` (${status})` : ''
  return `${drill(notice)}${beginnings[kind]}${label} of ${issuer}: ${summary}${over}`
}

function drill({ exercise }: { exercise: boolean }): string {
  return exercise ? '[EXERCISE] ' : ''
}

function contentOf(notice: NonNullable<Item['notice']>): string {
  const lines = [...(notice.exercise ? ['This is an exercise.'] : []), ...saidOf(notice)]
  return lines.map(line => `<p>${htmlOf(line)}</p>`).join('')
}

function saidOf(notice: NonNullable<Item['notice']>): string[] {
  if ('isReadHereOnly' in notice) return [`${readHere}.`]
  const { summary, issuer, issuedAt, status, standing } = notice
  return [summary, `Issued by ${issuer} on ${issuedAt.slice(0, 10)}; ${status}; ${standing}.`]
}

/** The library takes HTML, and leaves it to whoever hands it over that it is. */
function htmlOf(text: string): string {
  return text.replace(/[<>&"']/g, character => `&#${character.charCodeAt(0)};`)
}

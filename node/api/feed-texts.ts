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
    link: `${at}/notices/${subject}`,
    date: new Date(delivery.at * 1000),
    content: notice === undefined ? htmlOf(beginnings[kind] || 'It is no longer here.') : contentOf(notice),
  }
}

/** A drill says so first of all. */
function titleOf({ delivery: { kind }, notice }: Item): string {
  if (notice === undefined) return beginnings[kind] || 'No longer here'
  const { exercise, issuer, label, summary, status } = notice
  const drill = exercise ? '[EXERCISE] ' : ''
  const over = ['withdrawn', 'corrected'].includes(status) ? ` (${status})` : ''
  return `${drill}${beginnings[kind]}${label} of ${issuer}: ${summary}${over}`
}

function contentOf({
  summary,
  issuer,
  issuedAt,
  status,
  standing,
  exercise,
}: NonNullable<Item['notice']>): string {
  const lines = [
    ...(exercise ? ['This is an exercise.'] : []),
    summary,
    `Issued by ${issuer} on ${issuedAt.slice(0, 10)}; ${status}; ${standing}.`,
  ]
  return lines.map(line => `<p>${htmlOf(line)}</p>`).join('')
}

/** The library takes HTML, and leaves it to whoever hands it over that it is. */
function htmlOf(text: string): string {
  return text.replace(/[<>&"']/g, character => `&#${character.charCodeAt(0)};`)
}

import type { Story } from './stories.ts'

/** The pages are tried in a browser. */
export const webStories: readonly Story[] = [
  {
    test: 'test/browser/today.test.ts',
    shows: 'the frame that all pages have, who may come in, and what arrives',
    files: ['node/web/*.ts', 'node/web/{assets,components,sign-in,words}/*.ts', 'node/web/browser/page.js'],
  },
  {
    test: 'test/browser/notices.test.ts',
    shows: 'notices that arrive, are read, filtered, answered and withdrawn, and who sees no names',
    files: ['node/web/{content,notices,today}/*.ts'],
  },
  {
    test: 'test/node/web/problems/index.test.ts',
    shows: 'what every problem means and what to do about it',
    files: ['node/web/problems/*.ts'],
  },
  {
    test: 'test/browser/office.test.ts',
    shows:
      'persons who come in by link and password, are looked after and put out, and a subscription that is tried',
    files: [
      'node/web/account/*.ts',
      'node/web/audit/*.ts',
      'node/web/help/*.ts',
      'node/web/integrations/*.ts',
      'node/web/people/*.ts',
      'node/web/reference/*.ts',
      'node/web/subscriptions/*.ts',
      'node/web/browser/idle.js',
    ],
  },
  {
    test: 'test/browser/network.test.ts',
    shows: 'who is up to date, who was cut off and why, the registry and its requests, and the flows',
    files: ['node/web/{network,members,flows}/*.ts'],
  },
  {
    test: 'test/browser/notices.test.ts',
    shows:
      'notices in a list and one by one, as they arrive, are corrected and withdrawn, and who reads which names',
    files: ['node/web/{content,notices}/*.ts', 'protocol/reading.ts'],
  },
  {
    test: 'test/node/network-history.test.ts',
    shows: "how the members' nodes were, over a restart",
    files: ['node/store/network-hours.ts'],
  },
  {
    test: 'test/browser/drafting.test.ts',
    shows: 'a notice drafted on pages, released by another person after a pause, and who may do so',
    files: [
      'node/web/drafting/*.ts',
      'node/web/drafting/{form,inputs}/*.ts',
      'node/web/browser/{draft,file-hash}.js',
    ],
  },
  {
    test: 'test/node/sending.test.ts',
    shows: 'what was released and waits, on disk',
    files: ['node/store/sending.ts'],
  },
  {
    test: 'test/node/unfinished.test.ts',
    shows: 'what is half written, on disk',
    files: ['node/store/unfinished.ts', 'node/desk/drafting.ts'],
  },
  {
    test: 'test/browser/customs.test.ts',
    shows: 'customs at work: screening to a sighting, kept consignments, files, products and their cards',
    files: [
      'node/web/screening/*.ts',
      'node/web/products/*.ts',
      'node/web/components/{consultation,qr-code}.ts',
      'node/web/uploads.ts',
      'node/web/browser/{copy,search}.js',
    ],
  },
]

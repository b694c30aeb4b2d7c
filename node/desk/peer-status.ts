/** How another member's node is, in the words that pages, commands, API and metrics use. */
export const peerStatuses = [
  'up to date',
  'catching up',
  'not heard',
  'refusing us',
  'refused by us',
  'suspended',
] as const
export type PeerStatus = (typeof peerStatuses)[number]

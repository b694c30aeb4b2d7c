/** What the routes under each first word of the address are for. */
export const tags: Readonly<Record<string, string>> = {
  screenings: 'Whether consignments meet anything that is known.',
  consignments: 'Consignments that are kept because somebody asked for it, and what they met later.',
  'column-maps': 'How the columns of a national system are read.',
  sightings: 'From a match to a report in one step.',
  subscriptions: 'What to be told of and where to, and every attempt to tell it.',
  feeds: 'Atom and JSON Feed, by a secret address.',
  events: 'Everything that arrived here, in order: the contract for other systems.',
  notices: 'What was signed, with its standing, its answers and who holds it.',
  drafts: 'What is written and not signed yet: two persons make a notice.',
  exports: 'Notices for risk systems and for archives.',
  goods: 'The goods list and the watch list.',
  stats: 'Figures, drills apart.',
  members: 'The registry: who may speak.',
  network: 'How every participant is, as seen from here.',
  me: 'Who asks.',
  people: 'Who uses this node.',
  tokens: 'By what they show who they are.',
  backups: 'All rows of the store.',
  schemas: 'The forms of notices.',
  health: 'Whether the node lives and is ready.',
}

/** The word after `/v1`. */
export function tagOf(url: string): string {
  const [, version, word = ''] = url.split('/')
  if (version !== 'v1') return 'health'
  return word === 'openapi.json' ? 'schemas' : (/^[\w-]+/.exec(word)?.[0] ?? word)
}

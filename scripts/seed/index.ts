import { alerts } from './alerts.ts'
import { denials } from './denials.ts'
import { sightings } from './sightings.ts'
import type { SeedStory } from './story.ts'

export { type Ids, idKey, type SeedStory } from './story.ts'

/** The 25 stories of the demonstration, in an order in which every reference points back. */
export const seedStories: readonly SeedStory[] = [...denials, ...alerts, ...sightings]

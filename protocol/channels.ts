import { FocalpointError } from './errors.ts'

/** The four categories by their codes, never by letters: the sources use letters in two orders (GGE 67, 118). */
export const categories = ['TORTURE_ONLY', 'TORTURE_CAPABLE', 'EXECUTION_ONLY', 'EXECUTION_CAPABLE'] as const
export type Category = (typeof categories)[number]

/** A channel is the unit of distribution: its own logs, the members that joined, and a topic unless it is opt-in. */
export const channels = {
  torture: { optIn: false, categories: ['TORTURE_ONLY', 'TORTURE_CAPABLE'] },
  /** Goods for the death penalty are treated separately (GGE 120): no topic, joined members only. */
  capital: { optIn: true, categories: ['EXECUTION_ONLY', 'EXECUTION_CAPABLE'] },
} as const satisfies Record<string, { optIn: boolean; categories: readonly Category[] }>
export type Channel = keyof typeof channels
export const channelNames = Object.keys(channels) as Channel[]

export function isChannel(name: string): name is Channel {
  return Object.hasOwn(channels, name)
}

/** Whether what is said in this channel may be gossiped; not in an opt-in one, nor in one that this version does not know. */
export function hasTopic(name: string): boolean {
  return isChannel(name) && !channels[name].optIn
}

/** The channel of goods of one category. */
export function channelOfCategory(category: Category): Channel {
  return category.startsWith('EXECUTION') ? 'capital' : 'torture'
}

/** The one channel of all these goods, or undefined where there are none. Throws `channel-mixed`. */
export function channelOfGoods(of: readonly Category[]): Channel | undefined {
  const torture = of.filter(category => channelOfCategory(category) === 'torture')
  const capital = of.filter(category => channelOfCategory(category) === 'capital')
  if (torture.length > 0 && capital.length > 0) {
    throw new FocalpointError(
      'channel-mixed',
      'Goods for the death penalty travel in a channel of their own: split this draft into one for them and one for the rest.',
      { torture, capital },
    )
  }
  if (capital.length > 0) return 'capital'
  return torture.length > 0 ? 'torture' : undefined
}

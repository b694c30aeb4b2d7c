import { describe, expect, it } from 'vitest'
import {
  type Category,
  categories,
  channelNames,
  channelOfCategory,
  channelOfGoods,
  channels,
  isChannel,
} from '../../protocol/channels.ts'
import { outcomeOf } from './builders.ts'

const torture: Category[] = ['TORTURE_ONLY', 'TORTURE_CAPABLE']
const capital: Category[] = ['EXECUTION_ONLY', 'EXECUTION_CAPABLE']

describe('the channel of goods', () => {
  it('has each category in exactly one channel', () => {
    for (const category of categories) {
      const holding = channelNames.filter(name =>
        (channels[name].categories as readonly Category[]).includes(category),
      )
      expect(holding).toEqual([channelOfCategory(category)])
    }
  })

  it('follows from them', () => {
    expect(channelOfGoods(torture)).toBe('torture')
    expect(channelOfGoods(capital)).toBe('capital')
    expect(channelOfGoods([])).toBeUndefined()
  })

  it('is none where both kinds are mixed', () => {
    for (const one of torture) {
      for (const other of capital) {
        expect(outcomeOf(() => channelOfGoods([one, other]))).toBe('channel-mixed')
        expect(outcomeOf(() => channelOfGoods([other, one, one]))).toBe('channel-mixed')
      }
    }
  })
})

it('a channel is opt-in only for the death penalty', () => {
  expect(channelNames.filter(name => channels[name].optIn)).toEqual(['capital'])
})

it('no name of JavaScript itself is a channel', () => {
  expect(['torture', 'capital', 'constructor', '__proto__', 'toString', ''].map(isChannel)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})

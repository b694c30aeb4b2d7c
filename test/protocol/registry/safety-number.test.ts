import { describe, expect, it } from 'vitest'
import { safetyNumber } from '../../../protocol/registry/index.ts'

describe('a safety number', () => {
  it('is SHA-256 as a number, modulo 10^60, in twelve groups of five digits', () => {
    // e3b0c442…b855 is the SHA-256 of nothing (FIPS 180-4).
    const whole = BigInt('0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(safetyNumber('').replaceAll(' ', '')).toBe(whole.toString().slice(-60))
    expect(safetyNumber('')).toMatch(/^\d{5}( \d{5}){11}$/)
  })

  it('keeps its leading zeros and differs with every character', () => {
    const numbers = Array.from({ length: 200 }, (_, at) => safetyNumber(`text ${at}`))
    expect(numbers.every(number => number.length === 71)).toBe(true)
    expect(new Set(numbers.map(number => number.slice(0, 5))).size).toBeGreaterThan(190)
  })
})

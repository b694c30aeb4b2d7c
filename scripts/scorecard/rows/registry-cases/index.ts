import type { RegistryCase } from './case.ts'
import { refusals } from './refusals.ts'
import { rotations } from './rotations.ts'
import { tufCases } from './tuf.ts'

export { outcomeOf, type RegistryCase } from './case.ts'

export const registryCases: readonly RegistryCase[] = [...tufCases, ...rotations, ...refusals]

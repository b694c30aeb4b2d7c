import type { Office } from '../office.ts'
import type { Route } from '../route.ts'

export function memberRoutes(_office: Office): Route[] {
  return []
}

import type { Office } from '../office.ts'
import type { Route } from '../route.ts'
import { keptRoutes } from './kept.ts'
import { reportRoutes } from './report.ts'
import { screenRoutes } from './screen.ts'

export function screeningRoutes(office: Office): Route[] {
  return [...screenRoutes(office), ...keptRoutes(office), ...reportRoutes(office)]
}

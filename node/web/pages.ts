import { draftingRoutes } from './drafting/index.ts'
import type { Office } from './office.ts'
import { productRoutes } from './products/index.ts'
import type { Route } from './route.ts'
import { screeningRoutes } from './screening/index.ts'
import { signInRoutes } from './sign-in/index.ts'
import { todayRoutes } from './today/index.ts'

/** Every page, in the order of the navigation. */
export function pageRoutes(office: Office): Route[] {
  return [
    ...signInRoutes(office),
    ...todayRoutes(office),
    ...draftingRoutes(office),
    ...screeningRoutes(office),
    ...productRoutes(office),
  ]
}

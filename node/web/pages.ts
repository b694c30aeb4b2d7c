import { accountRoutes } from './account/index.ts'
import { auditRoutes } from './audit/index.ts'
import { draftingRoutes } from './drafting/index.ts'
import { flowRoutes } from './flows/index.ts'
import { helpRoutes } from './help/index.ts'
import { integrationRoutes } from './integrations/index.ts'
import { memberRoutes } from './members/index.ts'
import { networkRoutes } from './network/index.ts'
import { noticeRoutes } from './notices/index.ts'
import type { Office } from './office.ts'
import { peopleRoutes } from './people/index.ts'
import { problemRoutes } from './problems/index.ts'
import { productRoutes } from './products/index.ts'
import { referenceRoutes } from './reference/index.ts'
import type { Route } from './route.ts'
import { screeningRoutes } from './screening/index.ts'
import { signInRoutes } from './sign-in/index.ts'
import { subscriptionRoutes } from './subscriptions/index.ts'
import { todayRoutes } from './today/index.ts'

/** Every page; no two have the same path. */
export function pageRoutes(office: Office): Route[] {
  return [
    ...signInRoutes(office),
    ...todayRoutes(office),
    ...noticeRoutes(office),
    ...flowRoutes(office),
    ...networkRoutes(office),
    ...memberRoutes(office),
    ...draftingRoutes(office),
    ...screeningRoutes(office),
    ...productRoutes(office),
    ...subscriptionRoutes(office),
    ...integrationRoutes(office),
    ...peopleRoutes(office),
    ...auditRoutes(office),
    ...accountRoutes(office),
    ...referenceRoutes(office),
    ...helpRoutes(office),
    ...problemRoutes(),
  ]
}

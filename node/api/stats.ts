import type { Desk } from '../desk/desk.ts'
import { stats } from '../desk/figures/figures-form.ts'
import { readers } from './access.ts'
import type { App } from './app.ts'

export function statsRoutes(app: App, desk: Pick<Desk, 'figures'>): void {
  app.get(
    '/v1/stats',
    {
      config: { access: readers },
      schema: {
        operationId: 'getFigures',
        summary: 'Counts by type, issuer, month, status and goods; trade flows, and the burden on trade.',
        response: { 200: stats },
      },
    },
    () => desk.figures(),
  )
}

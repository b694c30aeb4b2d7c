import type { Desk } from '../desk/desk.ts'
import { stats, statsOf } from '../desk/figures/figures-form.ts'
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
        description: 'Small figures are hidden from everybody, here as on the page of trade flows.',
        response: { 200: stats },
      },
    },
    async () => statsOf(await desk.figures()),
  )
}

import { runBenches } from './rows.ts'

await runBenches({
  api: () => import('./api.ts'),
  'catch-up': () => import('./catch-up.ts'),
  crash: () => import('./crash.ts'),
  deliveries: () => import('./deliveries.ts'),
  names: () => import('./names.ts'),
  events: () => import('./events.ts'),
  pages: () => import('./pages.ts'),
  'power-cut': () => import('./power-cut.ts'),
  restore: () => import('./restore.ts'),
  screening: () => import('./screening.ts'),
})
process.exit()

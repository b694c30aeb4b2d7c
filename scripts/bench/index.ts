import { runBenches } from './rows.ts'

await runBenches({
  'catch-up': () => import('./catch-up.ts'),
  crash: () => import('./crash.ts'),
  deliveries: () => import('./deliveries.ts'),
  'power-cut': () => import('./power-cut.ts'),
  restore: () => import('./restore.ts'),
})
process.exit()

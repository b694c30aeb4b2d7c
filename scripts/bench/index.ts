import { runBenches } from './rows.ts'

await runBenches({
  'catch-up': () => import('./catch-up.ts'),
  crash: () => import('./crash.ts'),
  names: () => import('./names.ts'),
  'power-cut': () => import('./power-cut.ts'),
  restore: () => import('./restore.ts'),
  screening: () => import('./screening.ts'),
})
process.exit()

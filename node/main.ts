import { runCommand } from './cli/program.ts'

process.stdout.on('error', error => {
  // The reader of a pipe may stop when it has seen enough: `focalpoint notice list | head`.
  if ('code' in error && error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await runCommand(process.argv.slice(2))

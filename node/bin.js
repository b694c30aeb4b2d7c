#!/usr/bin/env node
// Old syntax on purpose: whatever Node reads this must come as far as saying which Node it needs.
const neededMajor = 24

if (majorOf(process.versions.node) >= neededMajor) {
  run()
} else {
  Promise.all([import('node:fs'), import('node:path'), import('node:child_process')])
    .then(runWithBroughtNode)
    .catch(sayTooOld)
}

function majorOf(version) {
  return Number(String(version).split('.')[0])
}

function run() {
  const module = process.getBuiltinModule('node:module')
  module.enableCompileCache()
  import('./main.ts')
}

/** npm brings Node along as the package `node`: it runs this file again, with the same words and streams. */
function runWithBroughtNode([fs, path, childProcess]) {
  const here = fs.realpathSync(process.argv[1])
  const brought = path.join(path.dirname(here), '..', 'node_modules', 'node')
  const { version } = JSON.parse(fs.readFileSync(path.join(brought, 'package.json'), 'utf8'))
  const program = path.join(brought, 'bin', 'node')
  if (majorOf(version) < neededMajor || !fs.existsSync(program)) return sayTooOld()
  const child = childProcess.spawn(program, process.execArgv.concat(here, process.argv.slice(2)), {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', sayTooOld)
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

function sayTooOld() {
  console.error(
    `focalpoint needs Node ${neededMajor} or newer; this is v${process.versions.node}. Install it from https://nodejs.org, or run "npm ci" here, which brings one along.`,
  )
  process.exit(2)
}

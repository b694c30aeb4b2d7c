#!/usr/bin/env node
// Old syntax on purpose: whatever Node reads this must come as far as saying which Node it needs.
const neededMajor = 24
const ownStreams = '/proc/self/fd'
const mostStreams = 256

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
    stdio: streamsOf(fs),
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', sayTooOld)
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

/** Every stream that was handed to this process under the same number: `--passphrase-fd 3 3<file` counts on it. */
function streamsOf(fs) {
  const given = openDescriptors(fs).filter(fd => fd < mostStreams && isGiven(fs, fd))
  const length = Math.max(2, ...given) + 1
  return Array.from({ length }, (_, fd) => (fd < 3 || given.includes(fd) ? 'inherit' : 'ignore'))
}

/** As the system lists them, else those that the command names. */
function openDescriptors(fs) {
  const words = process.argv.join(' ').matchAll(/-fd[ =](\d+)/g)
  const named = Array.from(words, ([, fd]) => Number(fd))
  return fs.existsSync(ownStreams) ? fs.readdirSync(ownStreams).map(Number) : named
}

/** Files, terminals, pipes and sockets; not what Node opened for itself: of its own pipes it holds both ends. */
function isGiven(fs, fd) {
  try {
    const status = fs.fstatSync(fd)
    if (status.isFIFO() && fs.existsSync(ownStreams)) return !holdsBothEnds(fs, fd)
    return status.isFile() || status.isCharacterDevice() || status.isFIFO() || status.isSocket()
  } catch {
    return false
  }
}

/** A second number may stand for the same end: what somebody else writes into has no writing end here. */
function holdsBothEnds(fs, fd) {
  const target = fs.readlinkSync(`${ownStreams}/${fd}`)
  return fs.readdirSync(ownStreams).some(other => {
    try {
      const flags = /^flags:\s*([0-7]+)/m.exec(fs.readFileSync(`${ownStreams}info/${other}`, 'utf8'))
      return parseInt(flags[1], 8) % 4 !== 0 && fs.readlinkSync(`${ownStreams}/${other}`) === target
    } catch {
      return false
    }
  })
}

function sayTooOld() {
  console.error(
    `focalpoint needs Node ${neededMajor} or newer; this is v${process.versions.node}. Install it from https://nodejs.org, or run "npm ci" here, which brings one along.`,
  )
  process.exit(2)
}

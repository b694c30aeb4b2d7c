import type { SerializedError } from 'vitest'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Ends a run with every skipped test and its reason, and one line that a program can read. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()])
    const passed = tests.filter(test => test.result().state === 'passed')
    const failed = tests.filter(test => test.result().state === 'failed')
    const skipped = tests.filter(test => test.result().state === 'skipped')
    const suites = modules.flatMap(module => [...module.children.allSuites()])
    const broken = [...modules, ...suites].flatMap(each => each.errors())
    for (const test of skipped) console.log(`Skipped: ${test.module.relativeModuleId} › ${reasoned(test)}`)
    for (const test of passed.filter(each => (each.diagnostic()?.retryCount ?? 0) > 0))
      console.log(`Passed at the second try: ${test.module.relativeModuleId} › ${test.fullName}`)
    const failures = failed.length + broken.length + unhandled.length
    console.log(`Tests: ${passed.length} passed, ${failures} failed, ${skipped.length} skipped`)
  }
}

function reasoned(test: TestCase): string {
  const result = test.result()
  const reason = result.state === 'skipped' ? result.note : undefined
  return `${test.fullName}: ${reason ?? 'no reason given'}`
}

import { existsSync, readFileSync } from 'node:fs';

/**
 * Adds up what the suites reported and prints `N passed, N failed` as the last line.
 * A suite that ran no test, or left one out, counts as failed; so does a gate (types, lint, unused code) that stopped the run.
 */
const SUITES = [
  { name: 'unit tests', file: '.cache/results/unit.json', read: readVitest },
  { name: 'end-to-end tests', file: '.cache/results/e2e.json', read: readPlaywright },
];

function readVitest(report) {
  return {
    passed: report.numPassedTests,
    failed:
      report.numFailedTests +
      report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

function readPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}

const exitOfTests = Number(process.argv[2] ?? 1);
let passed = 0;
let failed = 0;
for (const { name, file, read } of SUITES) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 };
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  const nothingRan = counts.passed + counts.failed === 0;
  passed += counts.passed;
  failed += counts.failed + counts.skipped + (nothingRan ? 1 : 0);
}
if (exitOfTests !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

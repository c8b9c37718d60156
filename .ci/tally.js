import { existsSync, readFileSync } from 'node:fs';

/**
 * Adds up what the suites reported and prints `N passed, N failed` as the last line.
 * A suite that ran no test counts as failed, and so does an end-to-end test that was left out, or a gate (types, lint, unused
 * code) that stopped the run. A unit test may be left out where the machine forbids what it needs; it is named.
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
    leftOut: report.testResults.flatMap((file) =>
      file.assertionResults.filter((test) => test.status === 'skipped').map((test) => test.fullName),
    ),
  };
}

function readPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length + skipped, leftOut: [] };
}

const NOTHING = { passed: 0, failed: 0, leftOut: [] };
const exitOfTests = Number(process.argv[2] ?? 1);
let passed = 0;
let failed = 0;
let skipped = 0;
for (const { name, file, read } of SUITES) {
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : NOTHING;
  console.log(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
  for (const test of counts.leftOut) console.log(`left out: ${test}`);
  passed += counts.passed;
  failed += counts.failed + (counts.passed + counts.failed === 0 ? 1 : 0);
  skipped += counts.leftOut.length;
}
if (exitOfTests !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;

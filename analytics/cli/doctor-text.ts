import type { DoctorReport } from '../index.ts';

/** The doctor's report for a person: one line a fact, what is lacking with what to do. */
export function formatDoctor(report: DoctorReport): string {
  const lines = [
    `Node        ${report.node} on ${report.platform}`,
    `Memory      ${report.memoryMb} MB`,
    `Display     ${report.display ?? 'none: the window cannot open here; the command line can do everything but show it'}`,
  ];
  const { workspace } = report;
  if (!workspace) return lines.join('\n');
  lines.push(
    `Workspace   ${workspace.dir}`,
    `Data until  ${workspace.asOf ?? 'no data yet: weir import DIR FILE'}`,
    `Time zone   ${workspace.timeZone}`,
    '',
    'Rows',
    ...Object.entries(workspace.rows).map(([table, count]) => `  ${table.padEnd(18)} ${String(count).padStart(10)}`),
  );
  if (workspace.emptyTables.length > 0)
    lines.push('', `Empty: ${workspace.emptyTables.join(', ')}. Metrics that read them say "no data".`);
  if (workspace.orphans.length > 0) lines.push('', 'Keys that do not meet');
  for (const { table, column, target, count, examples } of workspace.orphans) {
    lines.push(`  ${count} rows of ${table} have a ${column} that no ${target} has, for example ${examples.join(', ')}`);
  }
  if (workspace.unavailable.length > 0) lines.push('', 'Metrics that cannot be computed');
  for (const { origin, id, reason } of workspace.unavailable) lines.push(`  ${id ?? origin}: ${reason}`);
  if (workspace.strayed.length > 0) lines.push('', 'Metrics whose numbers are not what all rows give');
  for (const id of workspace.strayed) {
    lines.push(
      `  ${id}: rows that decide an observation share more than "together" in its file says. Correct it or take it out.`,
    );
  }
  return lines.join('\n');
}

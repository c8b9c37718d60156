import type { ImportFinding } from '../../contract/import-report.ts';
import type { Sql } from '../../contract/sql.ts';
import type { TableDefinition } from '../../tables/definition.ts';
import { identifier } from '../../tables/identifier.ts';
import { finding } from '../finding.ts';

/** Says where the amounts of the rows in `relation` are in several currencies; those that name none count as the workspace's. */
export async function currencyFindings(
  sql: Sql,
  rows: {
    readonly relation: string;
    readonly table: TableDefinition;
    readonly columns: readonly string[];
    /** The workspace's currency. */
    readonly currency: string;
  },
): Promise<ImportFinding[]> {
  const amounts = rows.table.columns.filter((each) => each.unit?.startsWith('currency') && rows.columns.includes(each.name));
  if (amounts.length === 0 || !rows.columns.includes('currency')) return [];
  const filled = amounts.map((each) => `${identifier(each.name)} IS NOT NULL`).join(' OR ');
  const found = await sql.rows<{ code: string | null; count: number }>({
    text: `SELECT nullif(upper(currency), '') AS code, count(*) AS count FROM ${rows.relation} WHERE ${filled} GROUP BY code ORDER BY code NULLS LAST`,
  });
  if (found.length < 2) return [];
  const parts = found.map(({ code, count }) =>
    code === null
      ? `${count} that ${count === 1 ? 'names' : 'name'} none and ${count === 1 ? 'counts' : 'count'} as ${rows.currency}`
      : `${count} in ${code}`,
  );
  const message = `Amounts of the file are in several currencies: ${parts.join(', ')}.`;
  const fix = 'Each is converted by the rate of its month in weir.json (exchangeRates); an amount without a rate is left out.';
  return [
    finding(
      'several-currencies',
      'currency',
      found.reduce((sum, each) => sum + each.count, 0),
      { message, fix },
    ),
  ];
}

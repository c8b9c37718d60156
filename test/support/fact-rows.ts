import { FACT_TABLES, type FactTable, factTable } from '../../analytics/tables/fact-tables.ts';

/** The rows of a table of facts, as what stands after FROM: of a combination its members stand there, for its number follows from what came first. */
export function factRows(observations: string, table: FactTable): string {
  const rows = factTable(observations, table);
  if (!FACT_TABLES[table].some(([name]) => name === 'combination')) return rows;
  return `(SELECT f.* EXCLUDE (combination), c.* EXCLUDE (combination)
    FROM ${rows} f LEFT JOIN ${factTable(observations, '_combination')} c USING (combination))`;
}

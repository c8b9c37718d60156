import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import type { ImportReport } from '../../analytics/contract/import-report.ts';
import { Panel } from '../frame/panel.tsx';
import { Findings } from '../import-review/findings.tsx';
import { fileName, imbalance, LEDGER_COLUMNS, sumLedgers } from '../import-review/ledger.ts';
import { Rejects } from './rejects.tsx';

/** The ledger of each file of an import, and what was found in it. */
export function FileReports({ report }: { report: ImportReport }) {
  const [shown, setShown] = useState(false);
  const { rejected } = sumLedgers(report.files.map((file) => file.rows));
  return (
    <Panel
      title={report.batch === null ? 'Nothing new in these files' : `Import ${report.batch} is done`}
      aside={<span>Every row read is inserted, updated, unchanged, duplicate or rejected</span>}
    >
      <Table fz={13} verticalSpacing={5} aria-label="Ledger of the last import">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>File</Table.Th>
            <Table.Th>Table</Table.Th>
            <Table.Th>Encoding</Table.Th>
            {LEDGER_COLUMNS.map(([column, label]) => (
              <Table.Th key={column} ta="right">
                {label}
              </Table.Th>
            ))}
            <Table.Th>Balance</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.files.map((file) => (
            <Table.Tr key={file.file}>
              <Table.Td title={file.file}>{fileName(file.file)}</Table.Td>
              <Table.Td>{file.table}</Table.Td>
              <Table.Td>{file.encoding}</Table.Td>
              {LEDGER_COLUMNS.map(([column]) => (
                <Table.Td key={column} ta="right">
                  {file.rows[column].toLocaleString('en-US')}
                </Table.Td>
              ))}
              <Table.Td>{imbalance(file.rows) === 0 ? '✓ balances' : `off by ${imbalance(file.rows)}`}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Findings files={report.files} label="Findings of the last import" />
      {report.batch === null || rejected === 0 ? null : (
        <Button size="xs" variant="default" mt="sm" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'} the {rejected.toLocaleString('en-US')} rejected rows
        </Button>
      )}
      {report.batch !== null && shown ? <Rejects batch={report.batch} close={() => setShown(false)} /> : null}
    </Panel>
  );
}

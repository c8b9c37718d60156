import { Table } from '@mantine/core';
import type { FileReport } from '../../analytics/contract/import-report.ts';
import { fileName } from './ledger.ts';
import styles from './review.module.css';

/** What was noticed in files, each with how often and what to do. */
export function Findings({ files, label }: { files: readonly FileReport[]; label: string }) {
  const findings = files.flatMap((file) => file.findings.map((finding) => ({ file: file.file, finding })));
  if (findings.length === 0) return <p className={styles.quiet}>No findings.</p>;
  return (
    <Table fz={13} verticalSpacing={4} mt="sm" aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>File</Table.Th>
          <Table.Th>Column</Table.Th>
          <Table.Th ta="right">Rows</Table.Th>
          <Table.Th>Finding</Table.Th>
          <Table.Th>What to do</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {findings.map(({ file, finding }) => (
          <Table.Tr key={`${file} ${finding.code} ${finding.column ?? ''}`}>
            <Table.Td title={file}>{fileName(file)}</Table.Td>
            <Table.Td>{finding.column ?? 'whole file'}</Table.Td>
            <Table.Td ta="right">{finding.count.toLocaleString('en-US')}</Table.Td>
            <Table.Td>{finding.message}</Table.Td>
            <Table.Td>{finding.fix}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

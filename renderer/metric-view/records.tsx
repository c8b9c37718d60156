import { Button, Select, Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { periodLabel } from '../../analytics/contract/format-value.ts';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import type { RecordSort } from '../../analytics/contract/records.ts';
import { recordsCsv } from '../../analytics/contract/records-csv.ts';
import { shell } from '../engine/ask.ts';
import { LoadState } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';
import { allRecords, useRecords } from './metric-queries.ts';
import { RecordsTable } from './records-table.tsx';

interface RecordsProps {
  readonly metric: Omit<Metric, 'sql'>;
  readonly period: string;
  readonly periods: readonly string[];
  readonly choose: (period: string) => void;
}

/** The records behind one month, each with the file and line it came from. */
export function Records({ metric, period, periods, choose }: RecordsProps) {
  const [sort, setSort] = useState<RecordSort | undefined>();
  const records = useRecords(metric.id, period, sort);
  return (
    <Panel
      title="Records"
      aside={
        <>
          <span>Choose a month in the chart, or here:</span>
          <Select
            size="xs"
            w={120}
            aria-label="Month"
            allowDeselect={false}
            data={periods.toReversed().map((each) => ({ value: each, label: periodLabel(each) }))}
            value={period}
            onChange={(next) => next !== null && choose(next)}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={() => void exportRecords(metric, period)}
          >
            Export CSV
          </Button>
        </>
      }
    >
      <LoadState
        answer={records}
        loading={<Skeleton h={220} />}
        empty={({ pages }) => (pages[0]?.total === 0 ? `No record counts in ${periodLabel(period)} under these filters.` : null)}
      >
        {({ pages }) => (
          <>
            <Lacking unusable={pages[0]?.bounds?.unusable ?? 0} />
            <RecordsTable
              pages={pages}
              label={`${metric.name}, ${periodLabel(period)}`}
              sort={sort}
              onSort={setSort}
              more={() => records.hasNextPage && !records.isFetching && void records.fetchNextPage()}
            />
          </>
        )}
      </LoadState>
    </Panel>
  );
}

/** Says that records may be lacking, so that the table is not taken for all there was. */
function Lacking({ unusable }: { unusable: number }) {
  if (unusable === 0) return null;
  return (
    <Text size="xs" c="dimmed" mb={6}>
      {unusable.toLocaleString('en-US')} unusable {unusable === 1 ? 'row' : 'rows'} could have been among these. Rejected rows and
      their reasons are under Imports.
    </Text>
  );
}

async function exportRecords(metric: Omit<Metric, 'sql'>, period: string): Promise<void> {
  try {
    const text = recordsCsv(await allRecords(metric.id, period));
    const path = await shell().saveFile(`${metric.id.replace('/', '-')}-${period}.csv`, text, 'csv');
    if (path !== null) notifications.show({ title: 'Records saved', message: path });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    notifications.show({ title: 'The records could not be saved', message, color: 'red' });
  }
}

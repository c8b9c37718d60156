import { Group, Select } from '@mantine/core';
import { spanLabel } from '../../analytics/contract/format-value.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { Loaded, laterCode } from '../frame/loaded.tsx';
import { useFilters, useSpan } from '../place/filters.ts';
import type { SpanChoice } from '../place/period-span.ts';
import styles from './app-shell.module.css';

const CUSTOM_MONTHS = laterCode(async () => (await import('./custom-months.tsx')).CustomMonths);

/** The months shown: a preset that moves with the data, or any two months. */
export function PeriodPicker() {
  const { span, chooseSpan } = useFilters();
  const { asOf, firstMonth, settings } = useWorkspace();
  const { from, to } = useSpan();
  const choices: readonly { readonly value: SpanChoice['kind']; readonly label: string }[] = [
    { value: 'lastMonth', label: 'Last month' },
    { value: 'last3', label: 'Last 3 months' },
    { value: 'last12', label: 'Last 12 months' },
    { value: 'yearToDate', label: settings.fiscalYearStart === 1 ? 'Year to date' : 'Fiscal year to date' },
    { value: 'custom', label: 'Custom months' },
  ];
  return (
    <Group gap={8} wrap="nowrap">
      <Select
        aria-label="Period"
        size="xs"
        w={148}
        allowDeselect={false}
        data={choices}
        value={span.kind}
        onChange={(kind) => {
          const choice = choices.find(({ value }) => value === kind);
          if (choice !== undefined) chooseSpan(choice.value === 'custom' ? { kind: 'custom', from, to } : { kind: choice.value });
        }}
      />
      {span.kind === 'custom' ? (
        <Loaded
          key={`${from} ${to}`}
          code={CUSTOM_MONTHS}
          props={{ from, to, earliest: firstMonth, latest: asOf }}
          meanwhile={<span className={styles.span}>{spanLabel(from, to)}</span>}
        />
      ) : (
        <span className={styles.span}>{spanLabel(from, to)}</span>
      )}
    </Group>
  );
}

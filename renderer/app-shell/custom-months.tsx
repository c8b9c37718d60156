import '@mantine/dates/styles.css';
import { MonthPickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useFilters } from '../place/filters.ts';

interface CustomMonthsProps {
  readonly from: string;
  readonly to: string;
  readonly earliest: string | null;
  readonly latest: string | null;
}

/** Holds a half-made choice until its second month is picked. */
export function CustomMonths({ from, to, earliest, latest }: CustomMonthsProps) {
  const chooseSpan = useFilters((filters) => filters.chooseSpan);
  const [draft, setDraft] = useState<[string | null, string | null]>([`${from}-01`, `${to}-01`]);
  return (
    <MonthPickerInput
      type="range"
      size="xs"
      w={210}
      aria-label="First and last month"
      allowSingleDateInRange
      valueFormat="MMM YYYY"
      value={draft}
      {...(earliest === null ? {} : { minDate: `${earliest}-01` })}
      {...(latest === null ? {} : { maxDate: latest })}
      onChange={(range) => {
        setDraft(range);
        const [start, end] = range;
        if (start !== null && end !== null) chooseSpan({ kind: 'custom', from: start.slice(0, 7), to: end.slice(0, 7) });
      }}
    />
  );
}

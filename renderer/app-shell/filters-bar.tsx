import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { DIMENSIONS } from '../../analytics/contract/dimensions.ts';
import { useFilters } from '../place/filters.ts';
import styles from './app-shell.module.css';
import { MemberFilter } from './member-filter.tsx';
import { PeriodPicker } from './period-picker.tsx';

/** What the numbers are limited to: always in view, because a number without its filter misleads. */
export function FiltersBar() {
  const filtered = useFilters((filters) => Object.keys(filters.where).length > 0);
  const clear = useFilters((filters) => filters.clear);
  return (
    <section className={styles.filters} aria-label="Filters">
      <PeriodPicker />
      <span className={styles.rule} aria-hidden="true" />
      {DIMENSIONS.map((dimension) => (
        <MemberFilter key={dimension} dimension={dimension} />
      ))}
      {filtered ? (
        <Button size="compact-xs" variant="subtle" leftSection={<IconFilterOff size={14} aria-hidden="true" />} onClick={clear}>
          Show all
        </Button>
      ) : (
        <span className={styles.unfiltered}>All cases</span>
      )}
    </section>
  );
}

import { Button, Checkbox, Popover, Stack, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { Dimension } from '../../analytics/contract/dimensions.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { useFilters } from '../place/filters.ts';
import styles from './app-shell.module.css';

const LABELS: Readonly<Record<Dimension, string>> = {
  segment: 'Segment',
  region: 'Region',
  product: 'Product',
  channel: 'Channel',
  crew: 'Crew',
};
const SEARCH_FROM = 9;
const NONE: readonly string[] = [];

/** Which members of one dimension count. The button always says what is chosen. */
export function MemberFilter({ dimension }: { dimension: Dimension }) {
  const members = useWorkspace().members[dimension];
  const chosen = useFilters((filters) => filters.where[dimension] ?? NONE);
  const chooseMembers = useFilters((filters) => filters.chooseMembers);
  const [sought, setSought] = useState('');
  const listed = members.filter((member) => member.toLowerCase().includes(sought.toLowerCase()));
  const label = LABELS[dimension];
  return (
    <Popover position="bottom-start" withinPortal trapFocus shadow="md" onClose={() => setSought('')}>
      <Popover.Target>
        <Button
          size="xs"
          variant={chosen.length === 0 ? 'default' : 'light'}
          aria-label={`${label}: ${chosen.length === 0 ? 'all' : chosen.join(', ')}`}
          title={chosen.length === 0 ? `${label}: all` : chosen.join(', ')}
          rightSection={<IconChevronDown size={13} aria-hidden="true" />}
          disabled={members.length === 0}
          classNames={{ label: styles.filterLabel ?? '' }}
        >
          {label}: <b>{chosenText(chosen)}</b>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs" miw={200} aria-label={label}>
        <Stack gap={8}>
          {members.length >= SEARCH_FROM ? (
            <TextInput
              size="xs"
              placeholder={`Find a ${dimension}`}
              aria-label={`Find a ${dimension}`}
              value={sought}
              onChange={(change) => setSought(change.currentTarget.value)}
              data-autofocus
            />
          ) : null}
          <Checkbox
            size="xs"
            label={`All (${members.length})`}
            checked={chosen.length === 0}
            onChange={() => chooseMembers(dimension, [])}
          />
          <Checkbox.Group
            value={[...chosen]}
            onChange={(next) => chooseMembers(dimension, next.length === members.length ? [] : next)}
            aria-label={label}
          >
            <div className={styles.members}>
              {listed.map((member) => (
                <Checkbox key={member} size="xs" value={member} label={member} />
              ))}
            </div>
          </Checkbox.Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function chosenText(chosen: readonly string[]): string {
  const [first] = chosen;
  if (first === undefined) return 'all';
  return chosen.length === 1 ? first : `${first} +${chosen.length - 1}`;
}

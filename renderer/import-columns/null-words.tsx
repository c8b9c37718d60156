import { Button, Popover, TagsInput } from '@mantine/core';
import type { ColumnChoices } from '../../analytics/contract/file-choices.ts';
import { changedWords } from './changed-words.ts';
import styles from './columns-table.module.css';

interface NullWordsProps {
  readonly header: string;
  /** Words that occur in the column and mean no value. */
  readonly found: readonly string[];
  readonly said: ColumnChoices | undefined;
  readonly say: (words: Pick<ColumnChoices, 'nullWords' | 'valueWords'>) => void;
}

/** The words that mean no value in one column, and the way to say others. */
export function NullWords({ header, found, said, say }: NullWordsProps) {
  const words = [...new Set([...found, ...(said?.nullWords ?? [])])];
  return (
    <Popover width={260} position="bottom-start" withArrow trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          className={styles.words ?? ''}
          data-none={words.length === 0}
          aria-label={`Words for no value in ${header}`}
        >
          {words.length === 0 ? 'words for no value' : `empty: ${words.join(', ')}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <TagsInput
          size="xs"
          label={`Words for no value in ${header}`}
          description="Type one and press Enter. One that you take away is read as a value."
          splitChars={[]}
          value={words}
          onChange={(wanted) => say(changedWords(words, wanted, said))}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

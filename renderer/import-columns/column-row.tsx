import { NativeSelect, Select } from '@mantine/core';
import { memo } from 'react';
import type { ColumnChoices } from '../../analytics/contract/file-choices.ts';
import type { PreviewColumn, ReadingNote, TableField } from '../../analytics/contract/import-preview.ts';
import { ZONES } from '../import-review/sign-names.ts';
import styles from './columns-table.module.css';
import { NullWords } from './null-words.tsx';

interface ColumnRowProps {
  readonly column: PreviewColumn;
  readonly fields: readonly TableField[];
  /** Columns of the table that some header fills. */
  readonly taken: ReadonlySet<string>;
  /** What was said of it. */
  readonly said: ColumnChoices | undefined;
  readonly say: (header: string, said: ColumnChoices) => void;
  /** True where a question about the column is open. */
  readonly waiting: boolean;
}

/** One column of the file. */
export const ColumnRow = memo(function ColumnRow({ column, fields, taken, said, say, waiting }: ColumnRowProps) {
  const { header, counts, samples, readAs, nullWords } = column;
  const field = fields.find((each) => each.name === column.column);
  return (
    <tr data-kept={column.column === null}>
      <th scope="row" title={header}>
        {header}
        {column.made ? <small>made of other columns</small> : null}
      </th>
      <td>
        {fields.length === 0 ? (
          <span className={styles.muted}>–</span>
        ) : (
          <NativeSelect
            size="xs"
            aria-label={`Column that ${header} fills`}
            title={field?.description}
            disabled={column.made}
            value={column.column ?? ''}
            onChange={(event) => say(header, { column: event.currentTarget.value || null })}
          >
            <option value="">kept beside the row</option>
            {fields.map(({ name, required }) => (
              <option key={name} value={name} disabled={taken.has(name) && name !== column.column}>
                {`${name}${required ? ' *' : ''}`}
              </option>
            ))}
          </NativeSelect>
        )}
      </td>
      <td className={styles.read}>
        {field === undefined ? null : <span>{typeText(field)}</span>}
        {readAs.map((note) => (
          <Note key={`${note.kind} ${note.text}`} note={note} header={header} say={say} />
        ))}
        {waiting ? <span className={styles.waits}>waits for your answer</span> : null}
        {field === undefined ? null : (
          <NullWords header={header} found={nullWords} said={said} say={(words) => say(header, words)} />
        )}
      </td>
      <td className={styles.number}>{counts?.filled.toLocaleString('en-US') ?? '–'}</td>
      <td className={styles.number}>{counts?.empty.toLocaleString('en-US') ?? '–'}</td>
      <td className={styles.number} data-unread={(counts?.unreadable ?? 0) > 0} title={column.unreadable ?? undefined}>
        {counts?.unreadable.toLocaleString('en-US') ?? '–'}
      </td>
      <td className={styles.samples}>
        {samples.map(({ raw, understood }) => (
          <span key={raw} title={understood === null ? raw : `${raw} → ${understood}`}>
            <code>{raw}</code>
            {column.column === null || understood === raw ? null : <b>{understood ?? unread(column, raw)}</b>}
          </span>
        ))}
        {column.unreadable === null || samples.some(({ raw }) => raw === column.unreadable) ? null : (
          <span>
            <code>{column.unreadable}</code> <b data-unread="true">not read</b>
          </span>
        )}
      </td>
    </tr>
  );
});

/** What is said beside a text that gave no value; nothing where the rows have not been read. */
function unread({ counts, nullWords }: PreviewColumn, raw: string): string {
  if (counts === null) return '';
  return nullWords.includes(raw.trim()) ? 'empty' : 'not read';
}

/** A thing understood: a choice where the values leave it open. */
function Note({ note, header, say }: { note: ReadingNote; header: string; say: ColumnRowProps['say'] }) {
  if (note.changeable && note.kind === 'date-order' && note.text.startsWith('Y')) {
    return (
      <NativeSelect
        size="xs"
        aria-label={`Order of day and month in ${header}`}
        value="day-first"
        data={[
          { value: 'day-first', label: 'YYYY-DD-MM, day first' },
          { value: 'month-first', label: 'YYYY-MM-DD, month first' },
        ]}
        onChange={(event) => say(header, { afterYear: event.currentTarget.value as 'day-first' })}
      />
    );
  }
  if (note.changeable && note.kind === 'date-order') {
    const mark = /[./-]/.exec(note.text)?.[0] ?? '/';
    return (
      <NativeSelect
        size="xs"
        aria-label={`Order of day and month in ${header}`}
        value={note.text.startsWith('D') ? 'day-first' : 'month-first'}
        data={[
          { value: 'day-first', label: `D${mark}M${mark}Y, day first` },
          { value: 'month-first', label: `M${mark}D${mark}Y, month first` },
        ]}
        onChange={(event) => say(header, { dateOrder: event.currentTarget.value as 'day-first' })}
      />
    );
  }
  if (note.changeable && note.kind === 'decimal-mark') {
    return (
      <NativeSelect
        size="xs"
        aria-label={`Decimal mark in ${header}`}
        value={note.text === '1.234,5' ? ',' : '.'}
        data={[
          { value: '.', label: '1,234.5, decimal point' },
          { value: ',', label: '1.234,5, decimal comma' },
        ]}
        onChange={(event) => say(header, { decimalMark: event.currentTarget.value as '.' })}
      />
    );
  }
  if (note.changeable && note.kind === 'zone') {
    const zone = note.text.replace(/ time$/, '');
    return (
      <Select
        size="xs"
        aria-label={`Zone of ${header}`}
        searchable
        allowDeselect={false}
        data={ZONES.includes(zone) ? ZONES : [zone, ...ZONES]}
        value={zone}
        onChange={(timeZone) => (timeZone === null ? undefined : say(header, { timeZone }))}
      />
    );
  }
  return <span>{note.text}</span>;
}

const TYPES: Readonly<Record<string, string>> = {
  text: 'text',
  timestamp: 'time',
  date: 'day',
  integer: 'whole number',
  decimal: 'number',
  boolean: 'yes or no',
  category: 'list of values',
};

function typeText({ type, unit }: TableField): string {
  return `${TYPES[type] ?? type}${unit === null ? '' : `, ${unit}`}`;
}

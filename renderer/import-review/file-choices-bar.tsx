import { NativeSelect, Select, TagsInput } from '@mantine/core';
import { ENCODINGS, type FileChoices } from '../../analytics/contract/file-choices.ts';
import type { ImportPreview } from '../../analytics/contract/import-preview.ts';
import type { FileDraft } from '../engine/file-draft.ts';
import { useImportRun } from '../engine/import-run.ts';
import { changedWords } from '../import-columns/changed-words.ts';
import { HeaderLine } from './header-line.tsx';
import { fileName } from './ledger.ts';
import styles from './review.module.css';
import { delimiterOptions, quoteOptions, ZONES } from './sign-names.ts';

/** What was understood of the whole file, each of it changeable in place. */
export function FileChoicesBar({ draft, preview }: { draft: FileDraft; preview: ImportPreview }) {
  const { say: sayFile, saySource } = useImportRun.getState();
  const name = fileName(draft.file);
  const say = (change: FileChoices) => void sayFile(draft.file, change);
  const sayAll = (change: FileChoices) => void saySource(draft.file, change);
  const { dialect, format } = preview;
  return (
    <fieldset className={styles.choices}>
      <legend className="visually-hidden">How {name} is read</legend>
      <Select
        size="xs"
        w={170}
        label="Table"
        aria-label={`Table of ${name}`}
        placeholder="choose a table"
        searchable
        allowDeselect={false}
        data={[...preview.tables]}
        value={preview.table}
        // The columns of one table are not those of another: what was said of them goes.
        onChange={(table) => (table === null ? undefined : sayAll({ table, columns: undefined }))}
      />
      <Select
        size="xs"
        w={200}
        label="Source profile"
        aria-label={`Source profile of ${name}`}
        placeholder="none"
        searchable
        clearable={draft.choices.profile !== undefined}
        clearButtonProps={{ 'aria-label': `Take the profile off ${name}` }}
        data={profileOptions(preview)}
        value={preview.profile}
        onChange={(profile) => sayAll({ profile: profile ?? undefined })}
      />
      {preview.parts.length < 2 ? null : (
        <NativeSelect
          size="xs"
          label={format === 'xlsx' ? 'Sheet' : 'File within'}
          aria-label={`${format === 'xlsx' ? 'Sheet' : 'File within'} of ${name}`}
          data={[...(preview.part === null ? [''] : []), ...preview.parts]}
          value={preview.part ?? ''}
          onChange={(event) => say({ part: event.currentTarget.value })}
        />
      )}
      {format === 'xlsx' || format === 'parquet' || preview.encoding === null ? null : (
        <NativeSelect
          size="xs"
          label="Encoding"
          aria-label={`Encoding of ${name}`}
          data={[...ENCODINGS]}
          value={preview.encoding}
          onChange={(event) => say({ encoding: event.currentTarget.value })}
        />
      )}
      {format !== 'text' || dialect === null ? null : (
        <>
          <NativeSelect
            size="xs"
            label="Delimiter"
            aria-label={`Delimiter of ${name}`}
            data={delimiterOptions(dialect.delimiter)}
            value={dialect.delimiter}
            onChange={(event) => say({ delimiter: event.currentTarget.value })}
          />
          <NativeSelect
            size="xs"
            label="Quotation mark"
            aria-label={`Quotation mark of ${name}`}
            data={quoteOptions(dialect.quote)}
            value={dialect.quote}
            onChange={(event) => say({ quote: event.currentTarget.value })}
          />
        </>
      )}
      {dialect === null || dialect.headerLine === 0 ? null : (
        <HeaderLine key={dialect.headerLine} name={name} line={dialect.headerLine} change={(headerLine) => say({ headerLine })} />
      )}
      {preview.timeZone === null ? null : (
        <Select
          size="xs"
          w={180}
          label="Zone of times without one"
          aria-label={`Zone of times without one in ${name}`}
          searchable
          allowDeselect={false}
          data={ZONES.includes(preview.timeZone) ? ZONES : [preview.timeZone, ...ZONES]}
          value={preview.timeZone}
          onChange={(timeZone) => (timeZone === null ? undefined : sayAll({ timeZone }))}
        />
      )}
      {preview.table === null ? null : (
        <TagsInput
          size="xs"
          w={230}
          label="More words for no value"
          aria-label={`More words for no value in ${name}`}
          placeholder={preview.nullWords.length === 0 ? 'besides n/a, null, -' : ''}
          splitChars={[]}
          value={[...preview.nullWords]}
          onChange={(words) => sayAll(changedWords(preview.nullWords, words, draft.choices))}
        />
      )}
    </fieldset>
  );
}

function profileOptions({ profiles, profile }: ImportPreview) {
  const options = (own: boolean) =>
    profiles.filter((each) => each.own === own).map((each) => ({ value: each.name, label: each.name }));
  const known = profiles.some((each) => each.name === profile);
  return [
    {
      group: 'Of this workspace',
      items: [...options(true), ...(known || profile === null ? [] : [{ value: profile, label: profile }])],
    },
    { group: 'Built in', items: options(false) },
  ].filter((group) => group.items.length > 0);
}

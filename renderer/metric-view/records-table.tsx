import { createColumnHelper, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { RecordRow, RecordSort, RecordsPage } from '../../analytics/contract/records.ts';
import styles from './records-table.module.css';

const ROW = 30;
/** So many rows before the end of what is there the next page is asked for: it comes before it is reached. */
const AHEAD = 200;
const column = createColumnHelper<RecordRow>();
const COLUMNS = [
  column.accessor('entityId', { header: 'Record', size: 190 }),
  column.accessor('day', { header: 'Day', size: 96 }),
  column.accessor('num', {
    header: 'Numerator',
    size: 92,
    meta: { right: true },
    cell: ({ getValue }) => numberText(getValue()),
  }),
  column.accessor('den', {
    header: 'Denominator',
    size: 104,
    meta: { right: true },
    cell: ({ getValue }) => numberText(getValue()),
  }),
  column.accessor('mature', { header: 'Counted', size: 74, cell: ({ getValue }) => (getValue() ? 'yes' : 'not yet') }),
  column.accessor('file', { header: 'File', size: 200, cell: ({ getValue }) => fileName(getValue()) }),
  column.accessor('line', { header: 'Line', size: 70, meta: { right: true }, cell: ({ getValue }) => numberText(getValue()) }),
  column.accessor('segment', { header: 'Segment', size: 92 }),
  column.accessor('region', { header: 'Region', size: 84 }),
  column.accessor('product', { header: 'Product', size: 110 }),
  column.accessor('channel', { header: 'Channel', size: 92 }),
  column.accessor('crew', { header: 'Crew', size: 84 }),
  column.accessor('entityTable', { header: 'Table', size: 110 }),
];

interface RecordsTableProps {
  readonly pages: readonly RecordsPage[];
  readonly label: string;
  /** The order of all records, of which these are the first; absent: by day. */
  readonly sort: RecordSort | undefined;
  readonly onSort: (sort: RecordSort | undefined) => void;
  readonly more: () => void;
}

/** A table of any length: only the rows in view are drawn, further pages come as they are reached. */
export function RecordsTable({ pages, label, sort, onSort, more }: RecordsTableProps) {
  const rows = useMemo(() => pages.flatMap((page) => page.rows), [pages]);
  const total = pages[0]?.total ?? 0;
  const table = useReactTable({
    data: rows,
    columns: COLUMNS,
    getCoreRowModel: getCoreRowModel(),
  });
  const frame = useRef<HTMLElement>(null);
  const drawn = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: drawn.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const reached = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (reached >= rows.length - AHEAD) more();
  }, [reached, rows.length, more]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order begins at its beginning.
  useEffect(() => {
    frame.current?.scrollTo({ top: 0 });
  }, [sort]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section ref={frame} className={styles.frame} tabIndex={0} aria-label={`Records of ${label}`}>
        <table className={styles.table} aria-rowcount={total + 1} style={{ width: table.getTotalSize() }}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const column = header.column.id as RecordSort['column'];
                  const way = sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none';
                  return (
                    <th
                      key={header.id}
                      scope="col"
                      style={{ width: header.getSize() }}
                      aria-sort={way}
                      data-right={isRight(header.column.columnDef.meta)}
                    >
                      <button type="button" onClick={() => onSort(nextSort(sort, column))}>
                        {flexRender(header.column.columnDef.header, header.getContext())}
                        {way === 'none' ? '' : way === 'ascending' ? ' ↑' : ' ↓'}
                      </button>
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody style={{ height: virtual.getTotalSize() }}>
            {shown.map((item) => {
              const row = drawn[item.index];
              return row === undefined ? null : (
                <tr
                  key={row.id}
                  aria-rowindex={item.index + 2}
                  data-mature={row.original.mature}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {row.getVisibleCells().map((cell) => (
                    <td
                      key={cell.id}
                      style={{ width: cell.column.getSize() }}
                      data-right={isRight(cell.column.columnDef.meta)}
                      title={String(cell.getValue() ?? '')}
                    >
                      {flexRender(cell.column.columnDef.cell, cell.getContext())}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className={styles.count}>
        {total.toLocaleString('en-US')} records{rows.length < total ? `, ${rows.length.toLocaleString('en-US')} loaded` : ''}
      </p>
    </>
  );
}

function isRight(meta: unknown): boolean {
  return typeof meta === 'object' && meta !== null && 'right' in meta;
}

/** The order after a click on a column's head: ascending, then descending, then by day again. */
function nextSort(sort: RecordSort | undefined, column: RecordSort['column']): RecordSort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

function fileName(path: string | null): string {
  return path === null ? 'derived' : (path.split(/[\\/]/).at(-1) ?? path);
}

function numberText(value: number | null): string {
  return value === null ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

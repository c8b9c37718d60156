import {
  createColumnHelper,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RecordRow, RecordsPage } from '../../analytics/contract/records.ts';
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
  readonly more: () => void;
}

/** A table of any length: only the rows in view are drawn, further pages come as they are reached. */
export function RecordsTable({ pages, label, more }: RecordsTableProps) {
  const rows = useMemo(() => pages.flatMap((page) => page.rows), [pages]);
  const total = pages[0]?.total ?? 0;
  const [sorting, setSorting] = useState<SortingState>([]);
  const table = useReactTable({
    data: rows,
    columns: COLUMNS,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  const frame = useRef<HTMLElement>(null);
  const sorted = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const reached = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (reached >= rows.length - AHEAD) more();
  }, [reached, rows.length, more]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section ref={frame} className={styles.frame} tabIndex={0} aria-label={`Records of ${label}`}>
        <table className={styles.table} aria-rowcount={total + 1} style={{ width: table.getTotalSize() }}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <th
                    key={header.id}
                    scope="col"
                    style={{ width: header.getSize() }}
                    aria-sort={ariaSort(header.column.getIsSorted())}
                    data-right={isRight(header.column.columnDef.meta)}
                  >
                    <button type="button" onClick={header.column.getToggleSortingHandler()}>
                      {flexRender(header.column.columnDef.header, header.getContext())}
                      {header.column.getIsSorted() === false ? '' : header.column.getIsSorted() === 'asc' ? ' ↑' : ' ↓'}
                    </button>
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody style={{ height: virtual.getTotalSize() }}>
            {shown.map((item) => {
              const row = sorted[item.index];
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

function ariaSort(sorted: false | 'asc' | 'desc'): 'none' | 'ascending' | 'descending' {
  if (sorted === false) return 'none';
  return sorted === 'asc' ? 'ascending' : 'descending';
}

function fileName(path: string | null): string {
  return path === null ? 'derived' : (path.split(/[\\/]/).at(-1) ?? path);
}

function numberText(value: number | null): string {
  return value === null ? '' : value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

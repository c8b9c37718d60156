import { Table } from '@mantine/core';
import { useMemo, useState } from 'react';
import { metricSeries } from '../../analytics/charts/metric-series.ts';
import { formatValue, periodLabel, ratingWord } from '../../analytics/contract/format-value.ts';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import type { ControlChart } from '../../analytics/contract/signal.ts';
import type { MetricTile } from '../../analytics/contract/stream-view.ts';
import { Chart } from '../chart/chart.tsx';
import { useChartOptions } from '../chart/use-chart-options.ts';
import { Panel } from '../frame/panel.tsx';
import { SignalBadge } from '../marks/signal-badge.tsx';
import { signalStatement, strengthOf } from '../marks/signals.ts';
import styles from './metric-view.module.css';

interface SeriesPanelProps {
  readonly metric: Omit<Metric, 'sql'>;
  readonly tile: MetricTile;
  readonly chosen: string | null;
  readonly choose: (period: string) => void;
}

/** The metric by month with target and expected range; choosing a month shows its records. */
export function SeriesPanel({ metric, tile, chosen, choose }: SeriesPanelProps) {
  const options = useChartOptions();
  const option = useMemo(
    () => metricSeries({ rows: tile.series, control: tile.control }, { ...options, chosen }),
    [tile, options, chosen],
  );
  return (
    <Panel title="By month" aside={<Key standing={standingOf(metric, tile.control)} />}>
      <Chart
        option={option}
        height={300}
        label={`${tile.current.name} by month, with target and expected range. The table below holds the same values.`}
        onPick={(index) => {
          const row = tile.series[index];
          if (row !== undefined) choose(row.period);
        }}
      />
      <Signals tile={tile} />
      <SeriesTable tile={tile} />
    </Panel>
  );
}

function Key({ standing }: { standing: string }) {
  return (
    <>
      <span>◆ signal</span>
      <span>○ provisional</span>
      <span>{standing}</span>
    </>
  );
}

/** How far the expected range may be trusted. Months that share most of their cases would make a chart that always signals. */
function standingOf(metric: Omit<Metric, 'sql'>, { standing }: ControlChart): string {
  if (standing === 'usable') return 'expected range: XmR chart, natural process limits';
  if (standing === 'provisional') return 'expected range provisional (6 to 11 months)';
  const overlaps = metric.rollingMonths !== undefined || metric.kind === 'survival';
  return overlaps ? 'months overlap, so no expected range' : 'fewer than 6 final months: no expected range yet';
}

function Signals({ tile }: { tile: MetricTile }) {
  const { currency } = useChartOptions();
  const signals = tile.control.points.filter((point) => point.rules.length > 0);
  if (signals.length === 0) {
    return tile.control.standing === 'none' ? null : <p className={styles.quiet}>No signal: what moved is routine variation.</p>;
  }
  return (
    <ul className={styles.signals} aria-label="Signals">
      {signals
        .slice(-4)
        .reverse()
        .map((point) => {
          const strength = strengthOf(point.rules) ?? 'weak';
          const sentence = signalStatement(point, tile.control, tile.current, currency);
          return (
            <li key={point.period}>
              <SignalBadge strength={strength} label={`Signal (${strength})`} sentence={sentence} /> {sentence}
            </li>
          );
        })}
      {signals.length > 4 ? <li>and {signals.length - 4} earlier</li> : null}
    </ul>
  );
}

/** Its hundreds of cells are made once somebody opens it. */
function SeriesTable({ tile }: { tile: MetricTile }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.details} onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>Show the months as a table</summary>
      {isOpen ? <Months tile={tile} /> : null}
    </details>
  );
}

function Months({ tile }: { tile: MetricTile }) {
  const { currency } = useChartOptions();
  const say = (value: number | null) => (value === null ? 'none' : formatValue(value, tile.current.unit, currency));
  return (
    <Table fz={12} verticalSpacing={3} aria-label={`${tile.current.name} by month`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Month</Table.Th>
          <Table.Th ta="right">Value</Table.Th>
          <Table.Th ta="right">Low</Table.Th>
          <Table.Th ta="right">High</Table.Th>
          <Table.Th ta="right">n</Table.Th>
          <Table.Th>Rating</Table.Th>
          <Table.Th>Note</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tile.series.toReversed().map((row) => (
          <Table.Tr key={row.period}>
            <Table.Td>{periodLabel(row.period)}</Table.Td>
            <Table.Td ta="right">{say(row.value)}</Table.Td>
            <Table.Td ta="right">{row.low === null ? '' : say(row.low)}</Table.Td>
            <Table.Td ta="right">{row.high === null ? '' : say(row.high)}</Table.Td>
            <Table.Td ta="right">{row.n.toLocaleString('en-US')}</Table.Td>
            <Table.Td>{ratingWord(row.rating)}</Table.Td>
            <Table.Td>
              {[row.provisional ? `provisional, ${row.pending} pending` : null, row.partial ? 'not over' : null, row.note]
                .filter(Boolean)
                .join('; ')}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

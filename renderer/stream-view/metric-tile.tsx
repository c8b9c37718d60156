import { Popover, Text } from '@mantine/core';
import { memo, useId } from 'react';
import { changeText, formatValue, spanLabel, unitWord } from '../../analytics/contract/format-value.ts';
import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import { comparedValue, minimumForRating, statedValue } from '../../analytics/contract/small-n.ts';
import type { MetricTile as Tile } from '../../analytics/contract/stream-view.ts';
import { metricOf, useWorkspace } from '../engine/workspace.tsx';
import { notRatedReason } from '../marks/not-rated.ts';
import { RatingMark } from '../marks/rating-mark.tsx';
import { SignalBadge } from '../marks/signal-badge.tsx';
import { signalStatement, signalsWithin, strengthOf } from '../marks/signals.ts';
import { useNavigation } from '../place/navigation.ts';
import { type Span, spanBefore } from '../place/period-span.ts';
import styles from './metric-tile.module.css';
import { Sparkline } from './sparkline.tsx';
import { targetText } from './target-text.ts';

interface MetricTileProps {
  readonly metric: string;
  readonly name: string;
  readonly tile: Tile | null;
  readonly span: Span;
}

/** One metric of the stage document: ready, without a value, or unavailable with the reason. */
export const MetricTile = memo(function MetricTile({ metric, name, tile, span }: MetricTileProps) {
  const { unavailable } = useWorkspace();
  const id = useId();
  if (tile !== null) return <Known metric={metric} name={name} tile={tile} span={span} />;
  const reason = unavailable.find((each) => each.id === metric)?.reason ?? 'No metric file defines this metric yet.';
  return (
    <Popover width={280} withinPortal shadow="md" trapFocus>
      <Popover.Target>
        <button type="button" className={styles.tile} aria-label={name} aria-describedby={id}>
          <span className={styles.name}>{name}</span>
          <span className={styles.unavailable} id={id}>
            Unavailable: {reason}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">{sentence(reason)}</Text>
        <Text size="xs" c="dimmed" mt={6}>
          Metric {metric}. Everything else works without it.
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
});

function Known({ metric, name, tile, span }: MetricTileProps & { tile: Tile }) {
  const workspace = useWorkspace();
  const go = useNavigation((navigation) => navigation.go);
  const id = useId();
  const { current } = tile;
  const value = statedValue(current);
  const { currency } = workspace.settings;
  const definition = metricOf(workspace, metric);
  const reason = notRatedReason(current, minimumForRating(current.kind, definition?.minimumForRating));
  const target = targetText(current, currency);
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={name}
      aria-describedby={id}
      data-open={current.provisional || current.partial}
      onClick={() => go({ view: 'metric', metric })}
    >
      <span className={styles.name} title={definition?.meaning ?? name}>
        {name}
      </span>
      <span className={styles.body} id={id}>
        {value === null ? (
          <span className={styles.note}>{sentence(current.note ?? 'no cases in the period')}</span>
        ) : (
          <Value row={current} value={value} currency={currency} scale={definition?.scale} />
        )}
        <RatingMark rating={current.rating} reason={value === null ? null : reason} />
        {current.target === null ? null : (
          <span className={styles.line} title={target}>
            {target}
          </span>
        )}
        <Change tile={tile} span={span} currency={currency} />
        <Sparkline rows={tile.series} control={tile.control} />
        <Foot tile={tile} span={span} currency={currency} />
      </span>
    </button>
  );
}

function Value({ row, value, currency, scale }: { row: MetricRow; value: number; currency: string; scale: number | undefined }) {
  const word = row.kind === 'duration' ? `median ${unitWord(row.unit) ?? ''}` : unitWord(row.unit, scale);
  const short = row.unit === 'perHoursWorked' && scale !== undefined ? `per ${scale.toLocaleString('en-US')} h` : word;
  return (
    <span className={styles.value}>
      <b>{formatValue(value, row.unit, currency)}</b>
      {row.kind === 'duration' && row.p85 !== null ? (
        <small title={word ?? ''}>P85 {formatValue(row.p85, row.unit, currency)}</small>
      ) : word === null ? null : (
        <small title={word}>{short}</small>
      )}
    </span>
  );
}

function Change({ tile, span, currency }: { tile: Tile; span: Span; currency: string }) {
  const { current, previous } = tile;
  const before = spanBefore(span);
  const against = spanLabel(before.from, before.to);
  const value = comparedValue(current);
  const earlier = comparedValue(previous);
  if (value === null) return null;
  if (earlier === null) return <span className={styles.line}>no value in {against}</span>;
  return (
    <span className={styles.change}>
      <span>{changeText(value, earlier, current.unit, currency)}</span> <span>vs {against}</span>
    </span>
  );
}

function Foot({ tile, span, currency }: { tile: Tile; span: Span; currency: string }) {
  const { current, control } = tile;
  const signal = signalsWithin(control, span).at(-1);
  const strength = signal === undefined ? null : strengthOf(signal.rules);
  const open = current.partial ? 'Month not over' : current.provisional ? 'Provisional' : null;
  return (
    <span className={styles.foot}>
      <span>n = {current.n.toLocaleString('en-US')}</span>
      {open === null ? null : (
        <span className={styles.open} title={`${current.pending.toLocaleString('en-US')} still inside their window, not counted`}>
          {open}
        </span>
      )}
      {signal === undefined || strength === null ? null : (
        <SignalBadge strength={strength} label="Signal" sentence={signalStatement(signal, control, current, currency)} />
      )}
    </span>
  );
}

function sentence(note: string): string {
  return note.charAt(0).toUpperCase() + note.slice(1);
}

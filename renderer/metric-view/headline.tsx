import type { ReactNode } from 'react';
import { boundsWords } from '../../analytics/contract/bounds-words.ts';
import { changeText, formatValue, spanLabel, unitWord } from '../../analytics/contract/format-value.ts';
import type { Metric } from '../../analytics/contract/metric-definition.ts';
import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import { comparedValue, minimumForRating, statedValue } from '../../analytics/contract/small-n.ts';
import type { MetricTile } from '../../analytics/contract/stream-view.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { notRatedReason } from '../marks/not-rated.ts';
import { RatingMark } from '../marks/rating-mark.tsx';
import { useSpan } from '../place/filters.ts';
import { spanBefore } from '../place/period-span.ts';
import styles from './headline.module.css';

/** How the metric stands over the span: value and what it rests on, target and rating, change without a judgement. */
export function Headline({ metric, tile }: { metric: Omit<Metric, 'sql'>; tile: MetricTile }) {
  const { currency } = useWorkspace().settings;
  const span = useSpan();
  const { current, previous } = tile;
  const value = statedValue(current);
  const earlier = statedValue(previous);
  const [compared, against] = [comparedValue(current), comparedValue(previous)];
  const say = (value: number) => formatValue(value, current.unit, currency);
  const before = spanBefore(span);
  const unit = unitWord(current.unit, metric.scale);
  const reason = notRatedReason(current, minimumForRating(current.kind, metric.minimumForRating));
  const open = current.provisional || current.partial;
  return (
    <section className={styles.headline} aria-label="Headline" data-open={open}>
      <Fact name={`${current.kind === 'duration' ? 'Median' : 'Value'}, ${spanLabel(span.from, span.to)}`}>
        {value === null ? <span className={styles.note}>{current.note ?? 'no cases'}</span> : <b>{say(value)}</b>}
        <small>{[unit, value === null || open ? null : current.note].filter(Boolean).join(' · ')}</small>
      </Fact>
      <Fact name={current.kind === 'duration' ? 'P85 and P95' : '95% interval'}>
        <span className={styles.medium}>{value === null ? 'not stated' : spread(current, say)}</span>
        <small>n = {current.n.toLocaleString('en-US')}</small>
        {value === null || current.bounds === null ? null : <small>{boundsWords(current, currency)}</small>}
      </Fact>
      <Fact name="Target">
        <span className={styles.medium}>
          {current.target === null
            ? 'not set'
            : typeof current.target === 'number'
              ? say(current.target)
              : `${say(current.target.low)}–${say(current.target.high)}`}
        </span>
        <small>{{ up: 'higher is better', down: 'lower is better', band: 'best within the band' }[current.direction]}</small>
      </Fact>
      <Fact name="Rating">
        <RatingMark rating={current.rating} reason={value === null ? null : reason} />
      </Fact>
      <Fact name={`Against ${spanLabel(before.from, before.to)}`}>
        <span className={styles.medium}>
          {compared !== null && against !== null
            ? changeText(compared, against, current.unit, currency)
            : current.provisional || previous.provisional
              ? 'not comparable yet'
              : 'not comparable'}
        </span>
        <small>
          {earlier === null
            ? (previous.note ?? 'no value before')
            : `before: ${say(earlier)} (n = ${previous.n.toLocaleString('en-US')})`}
        </small>
      </Fact>
      {open ? (
        <p className={styles.open}>
          {current.provisional ? 'Provisional' : 'Not over'}: {current.note ?? 'part of the span may still change'}.
        </p>
      ) : null}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <span className={styles.name}>{name}</span>
      {children}
    </div>
  );
}

/** How far the value spreads: percentiles of a duration, else the interval of the value. */
function spread({ kind, p85, p95, low, high }: MetricRow, say: (value: number) => string): string {
  const [from, to, between] = kind === 'duration' ? [p85, p95, ' · '] : [low, high, ' – '];
  return from === null || to === null ? 'not stated' : `${say(from)}${between}${say(to)}`;
}

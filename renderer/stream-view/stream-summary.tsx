import { dayLabel, ratingWord, spanLabel } from '../../analytics/contract/format-value.ts';
import { RATINGS } from '../../analytics/contract/metric-query.ts';
import type { StreamModel } from '../../analytics/contract/stage-model.ts';
import type { StreamView } from '../../analytics/contract/stream-view.ts';
import { PageHeading } from '../frame/page-heading.tsx';
import { RatingMark } from '../marks/rating-mark.tsx';
import { signalsWithin } from '../marks/signals.ts';
import { useSpan } from '../place/filters.ts';
import { spanBefore } from '../place/period-span.ts';
import styles from './stream-view.module.css';

interface StreamSummaryProps {
  readonly stream: StreamModel;
  /** Null until the numbers are there. */
  readonly view: StreamView | null;
  /** Whether the numbers are those of the last visit, while newer ones are on their way. */
  readonly kept: boolean;
}

/** What the stream is for, and how its metrics stand in one line. */
export function StreamSummary({ stream, view, kept }: StreamSummaryProps) {
  return (
    <div className={styles.summary}>
      <div className={styles.purpose}>
        <PageHeading>
          <span className={styles.streamId}>{stream.id}</span> {stream.name}
        </PageHeading>
        <p title={stream.valueProposition}>{stream.valueProposition}</p>
      </div>
      {view === null ? null : <Standing view={view} kept={kept} />}
    </div>
  );
}

/** Ratings are counted, never averaged; signals are counted apart. */
function Standing({ view, kept }: { view: StreamView; kept: boolean }) {
  const span = useSpan();
  const before = spanBefore(span);
  const counted = [...RATINGS, null].map((rating) => ({
    rating,
    count: view.tiles.filter((tile) => tile.current.rating === rating).length,
  }));
  const signals = view.tiles.filter((tile) => signalsWithin(tile.control, span).length > 0).length;
  return (
    <>
      <dl className={styles.standing} aria-label="Ratings of the metrics">
        {counted.map(({ rating, count }) => (
          <div key={rating ?? 'none'} title={`${ratingWord(rating)}: ${count} of ${view.tiles.length} metrics`}>
            <dt>
              <RatingMark rating={rating} reason={null} />
            </dt>
            <dd>{count}</dd>
          </div>
        ))}
        <div title={`Control charts with a signal, ${spanLabel(span.from, span.to)}`}>
          <dt className={styles.signals}>Signals</dt>
          <dd>{signals}</dd>
        </div>
      </dl>
      {kept ? (
        <p className={styles.kept} role="status">
          Kept numbers, data to {dayLabel(view.asOf)}
          <br />
          The latest are on their way
        </p>
      ) : (
        <p className={styles.compared}>
          {spanLabel(span.from, span.to)}
          <br />
          against {spanLabel(before.from, before.to)}
        </p>
      )}
    </>
  );
}

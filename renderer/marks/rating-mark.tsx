import { ratingWord } from '../../analytics/contract/format-value.ts';
import type { Rating } from '../../analytics/contract/metric-query.ts';
import styles from './marks.module.css';

/** One shape a rating, so that colour is never alone in telling them apart. */
const SHAPES: Readonly<Record<Rating, string>> = {
  exceeding: 'M6 0.8 L11.4 10.8 H0.6 Z',
  meeting: 'M6 1 A5 5 0 1 1 5.99 1 Z',
  near: 'M6 0.4 L11.6 6 L6 11.6 L0.4 6 Z',
  below: 'M0.6 1.2 H11.4 L6 11.2 Z',
  farBelow: 'M1.2 3.4 L3.4 1.2 L6 3.8 L8.6 1.2 L10.8 3.4 L8.2 6 L10.8 8.6 L8.6 10.8 L6 8.2 L3.4 10.8 L1.2 8.6 L3.8 6 Z',
};

/** A rating as colour, shape and word; without one a neutral mark and the reason. */
export function RatingMark({ rating, reason }: { rating: Rating | null; reason: string | null }) {
  const word = ratingWord(rating);
  return (
    <span className={styles.rating} data-rating={rating ?? 'none'} title={reason === null ? word : `${word}: ${reason}`}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
        {rating === null ? (
          <path d="M1.5 6 H10.5" fill="none" stroke="currentColor" strokeWidth="2" />
        ) : (
          <path d={SHAPES[rating]} fill="currentColor" />
        )}
      </svg>
      <span className={styles.word}>{word}</span>
      {reason === null ? null : <span className={styles.reason}>{reason}</span>}
    </span>
  );
}

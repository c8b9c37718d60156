import { RATING_BOX, RATING_SHAPES } from '../../analytics/charts/rating-shapes.ts';
import { ratingWord } from '../../analytics/contract/format-value.ts';
import type { Rating } from '../../analytics/contract/metric-query.ts';
import styles from './marks.module.css';

/** A rating as colour, shape and word; without one a neutral mark and the reason. */
export function RatingMark({ rating, reason }: { rating: Rating | null; reason: string | null }) {
  const word = ratingWord(rating);
  return (
    <span className={styles.rating} data-rating={rating ?? 'none'} title={reason === null ? word : `${word}: ${reason}`}>
      <svg viewBox={`0 0 ${RATING_BOX} ${RATING_BOX}`} width="11" height="11" aria-hidden="true">
        {rating === null ? (
          <path d="M1.5 6 H10.5" fill="none" stroke="currentColor" strokeWidth="2" />
        ) : (
          <path d={RATING_SHAPES[rating]} fill="currentColor" />
        )}
      </svg>
      <span className={styles.word}>{word}</span>
      {reason === null ? null : <span className={styles.reason}>{reason}</span>}
    </span>
  );
}

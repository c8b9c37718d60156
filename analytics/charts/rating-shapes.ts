import type { Rating } from '../contract/metric-query.ts';

/** The side of the square in which {@link RATING_SHAPES} are drawn. */
export const RATING_BOX = 12;

/** One shape a rating, as an SVG path, so that colour is never alone in telling them apart: the same in the window and on paper. */
export const RATING_SHAPES: Readonly<Record<Rating, string>> = {
  exceeding: 'M6 0.8 L11.4 10.8 H0.6 Z',
  meeting: 'M6 1 A5 5 0 1 1 5.99 1 Z',
  near: 'M6 0.4 L11.6 6 L6 11.6 L0.4 6 Z',
  below: 'M0.6 1.2 H11.4 L6 11.2 Z',
  farBelow: 'M1.2 3.4 L3.4 1.2 L6 3.8 L8.6 1.2 L10.8 3.4 L8.2 6 L10.8 8.6 L8.6 10.8 L6 8.2 L3.4 10.8 L1.2 8.6 L3.8 6 Z',
};

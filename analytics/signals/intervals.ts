import { gammaQuantile } from './gamma.ts';

/** The two bounds of an interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard normal quantile of 97.5 %. */
export const Z_95 = 1.959963984540054;

/**
 * The 95 % Wilson score interval of `successes` out of `trials`, as fractions; `null` without trials, or
 * where the successes are no part of them (a metric that counts wrongly gets no interval rather than a false one).
 * Source: E. B. Wilson (1927), Journal of the American Statistical Association 22, 209-212.
 */
export function wilsonInterval(successes: number, trials: number): Interval | null {
  if (trials <= 0 || successes < 0 || successes > trials) return null;
  const share = successes / trials;
  const z2 = Z_95 * Z_95;
  const scale = 1 + z2 / trials;
  const centre = (share + z2 / (2 * trials)) / scale;
  const half = (Z_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials))) / scale;
  return { low: successes <= 0 ? 0 : Math.max(0, centre - half), high: successes >= trials ? 1 : Math.min(1, centre + half) };
}

/**
 * The exact 95 % interval of the mean of a Poisson count: half the chi-square quantiles with 2·events and 2·events + 2
 * degrees of freedom, which are the gamma quantiles of shape events and events + 1.
 * Source: F. Garwood (1936), Biometrika 28, 437-442.
 */
export function poissonInterval(events: number): Interval {
  return { low: events <= 0 ? 0 : gammaQuantile(events, 0.025), high: gammaQuantile(events + 1, 0.975) };
}

/**
 * The 95 % interval of a Kaplan-Meier survival share on the log-log scale, which stays between 0 and 1.
 * `greenwoodSum` is Σ d / (n (n − d)) over the event times. `null` where survival is 0 or 1: the scale has no value there.
 * Source: J. D. Kalbfleisch, R. L. Prentice (1980), The Statistical Analysis of Failure Time Data, section 1.3.
 */
export function survivalInterval(survival: number, greenwoodSum: number): Interval | null {
  if (survival <= 0 || survival >= 1) return null;
  const reach = (Z_95 * Math.sqrt(greenwoodSum)) / Math.log(survival);
  const bounds = [survival ** Math.exp(reach), survival ** Math.exp(-reach)] as const;
  return { low: Math.min(...bounds), high: Math.max(...bounds) };
}

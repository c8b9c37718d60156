/** A sample of a p-chart: how many of how many. */
export interface Sample {
  readonly successes: number;
  readonly trials: number;
}

/** A p-chart: the pooled share, and for each sample its limits and whether it lies outside them. */
export interface ProportionChart {
  readonly centre: number;
  readonly points: readonly {
    readonly share: number;
    readonly lower: number;
    readonly upper: number;
    readonly outside: boolean;
  }[];
}

/**
 * The p-chart of samples of different size: pooled share ± 3·√(p(1−p)/n), clipped to 0..1; `null` without trials.
 * A clipped limit cannot signal. Limits get absurdly tight where n is large and the share drifts; XmR is the chart then.
 * Source: W. A. Shewhart (1931); vectors of the R package qcc.
 */
export function proportionChart(samples: readonly Sample[]): ProportionChart | null {
  const trials = samples.reduce((sum, sample) => sum + sample.trials, 0);
  if (trials === 0) return null;
  const centre = samples.reduce((sum, sample) => sum + sample.successes, 0) / trials;
  const points = samples.map((sample) => {
    const share = sample.trials === 0 ? centre : sample.successes / sample.trials;
    const reach = sample.trials === 0 ? 1 : 3 * Math.sqrt((centre * (1 - centre)) / sample.trials);
    return {
      share,
      lower: Math.max(0, centre - reach),
      upper: Math.min(1, centre + reach),
      outside: share > centre + reach || share < centre - reach,
    };
  });
  return { centre, points };
}

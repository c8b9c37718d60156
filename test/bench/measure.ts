/** One measured thing on one side: wall and processor time of each run, or a size. */
export interface Measure {
  /** What was measured: a row of the table. */
  readonly what: string;
  readonly side: 'weir' | 'bare';
  readonly ms: readonly number[];
  readonly cpu: readonly number[];
  /** Megabytes, where memory or a file is what is measured. */
  readonly megabytes: number | null;
}

/** Times `runs` runs of `work`, each told its number. */
export async function timed(
  what: string,
  side: Measure['side'],
  { runs, work }: { readonly runs: number; readonly work: (run: number) => Promise<unknown> },
): Promise<Measure> {
  const ms: number[] = [];
  const cpu: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await work(run);
    ms.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1000);
  }
  return { what, side, ms, cpu, megabytes: null };
}

/** A size as a measure. */
export function sized(what: string, side: Measure['side'], megabytes: number): Measure {
  return { what, side, ms: [], cpu: [], megabytes };
}

/** The most memory this process has held, in MB. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

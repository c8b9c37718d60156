import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { membersBar } from '../../analytics/charts/members-bar.ts';
import { segmentSeries } from '../../analytics/charts/segment-series.ts';
import type { Dimension } from '../../analytics/contract/dimensions.ts';
import type { MetricRow } from '../../analytics/contract/metric-query.ts';
import type { MetricView } from '../../analytics/contract/stream-view.ts';
import { Chart } from '../chart/chart.tsx';
import { useChartOptions } from '../chart/use-chart-options.ts';
import { Empty } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';
import styles from './metric-view.module.css';

const BAR = 34;
const AXIS = 40;

/** Where the metric differs: segments over the months, segments and regions over the span, and a warning where the mix misleads. */
export function SplitPanels({ view }: { view: MetricView }) {
  return (
    <>
      {view.mixNote === null ? null : (
        <aside className={styles.mix} aria-label="Mix note">
          <IconArrowsSplit2 size={18} aria-hidden="true" />
          <p>
            <b>The mix moved the total.</b> {view.mixNote}
          </p>
        </aside>
      )}
      <SegmentMonths rows={view.seriesBySegment} />
      <div className={styles.pair}>
        <Members title="By segment" rows={view.bySegment} by="segment" />
        <Members title="By region" rows={view.byRegion} by="region" />
      </div>
    </>
  );
}

function SegmentMonths({ rows }: { rows: readonly MetricRow[] }) {
  const options = useChartOptions();
  const option = useMemo(() => segmentSeries(rows, 'segment', options), [rows, options]);
  return (
    <Panel title="Segments by month">
      {rows.length === 0 ? (
        <Empty advice="No cases in these months under these filters." />
      ) : (
        <Chart option={option} height={240} label="Each segment by month. The values over the whole span stand below." />
      )}
    </Panel>
  );
}

function Members({ title, rows, by }: { title: string; rows: readonly MetricRow[]; by: Dimension }) {
  const options = useChartOptions();
  const option = useMemo(() => membersBar(rows, by, options), [rows, by, options]);
  return (
    <Panel title={title} aside={<span>95% interval; dashed: target</span>}>
      {rows.length === 0 ? (
        <Empty advice="No cases in these months under these filters." />
      ) : (
        <Chart
          option={option}
          height={rows.length * BAR + AXIS}
          label={`${title}: the value of each ${by}, with its 95% interval`}
        />
      )}
    </Panel>
  );
}

import { Skeleton } from '@mantine/core';
import { useId } from 'react';
import type { StageFlow } from '../../analytics/contract/flow.ts';
import { formatValue } from '../../analytics/contract/format-value.ts';
import type { Stage } from '../../analytics/contract/stage-model.ts';
import { useNavigation } from '../place/navigation.ts';
import styles from './chevron.module.css';

interface ChevronProps {
  readonly stage: Stage;
  readonly flow: StageFlow | null;
  readonly last: boolean;
  /** Whether the flow is still on its way. */
  readonly pending?: boolean;
}

/** A stage of the stream as a chevron: how many came, how many went on, how long it took, what waits in it. */
export function Chevron({ stage, flow, last, pending = false }: ChevronProps) {
  const openStage = useNavigation((navigation) => navigation.openStage);
  const id = useId();
  return (
    <button
      type="button"
      className={styles.chevron}
      aria-label={`${stage.id} ${stage.name}: stage details`}
      aria-describedby={id}
      onClick={() => openStage(stage.id)}
    >
      <span className={styles.id}>{stage.id}</span>
      <span className={styles.name} title={stage.name}>
        {stage.name}
      </span>
      <span className={styles.facts} id={id}>
        {pending ? <Skeleton h={84} /> : flow === null ? 'No flow recorded' : <Facts flow={flow} last={last} />}
      </span>
    </button>
  );
}

function Facts({ flow, last }: { flow: StageFlow; last: boolean }) {
  const count = (value: number) => formatValue(value, 'count', '');
  const days = (value: number) => formatValue(value, 'days', '');
  const again = flow.entered - flow.newCases;
  const dropped = `${count(flow.entered)} entered${again > 0 ? ` (${count(again)} of them again)` : ''}, ${count(flow.passed)} passed, ${count(flow.dropped)} dropped out, ${count(flow.returned)} sent back, ${count(flow.open)} still open`;
  return (
    <>
      <span className={styles.passage} title={dropped}>
        <b>{count(flow.entered)}</b>
        <span className="visually-hidden"> entered, </span>
        <span aria-hidden="true"> → </span>
        <b>{count(flow.passed)}</b>
        <span className="visually-hidden"> passed on</span>
      </span>
      <span className={styles.caption} aria-hidden="true">
        entered → passed
      </span>
      <span
        className={styles.fact}
        title="Share of the cases that first entered in the period and have left whose last exit passed"
      >
        <b>{flow.conversion === null ? 'none left yet' : formatValue(flow.conversion, 'fraction', '')}</b>{' '}
        {flow.conversion === null ? '' : last ? 'complete' : 'to next stage'}
      </span>
      <span className={styles.fact} title="Days in the stage of the cases that left: median, and the 85th percentile">
        {flow.medianDays === null ? (
          'no time yet'
        ) : (
          <>
            <b>{days(flow.medianDays)}</b> median
            {flow.p85Days === null ? null : <span className={styles.roomy}> · P85 {days(flow.p85Days)}</span>}
          </>
        )}
      </span>
      <span
        className={styles.waiting}
        title={`Cases in the stage at the end of the period; ${count(flow.pastPromise)} of them older than the stage's P85`}
      >
        <b>{count(flow.wip)}</b> in progress
        {flow.pastPromise > 0 ? (
          <>
            , <span className={styles.late}>{count(flow.pastPromise)} late</span>
          </>
        ) : null}
      </span>
    </>
  );
}

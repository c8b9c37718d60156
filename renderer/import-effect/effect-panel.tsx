import { Button, Skeleton } from '@mantine/core';
import { periodLabel } from '../../analytics/contract/format-value.ts';
import { changeWords, effectSentence, type ImportEffect, type MetricChange } from '../../analytics/contract/import-effect.ts';
import { isTooFewToState } from '../../analytics/contract/small-n.ts';
import { isCancelled } from '../engine/ask.ts';
import { type FileDraft, importRequests, rowsReady } from '../engine/file-draft.ts';
import { Failure } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';
import { fileName } from '../import-review/ledger.ts';
import { useImportEffects } from '../import-review/review-queries.ts';
import styles from './effect-panel.module.css';

/** Files of more rows than this take long enough to measure that the user is asked first. */
const AT_ONCE_ROWS = 100_000;

/** Which values of which metrics the import would change, from what to what. */
export function EffectPanel({ drafts, waiting }: { drafts: readonly FileDraft[]; waiting: boolean }) {
  const requests = waiting ? [] : importRequests(drafts);
  const rows = rowsReady(drafts);
  const { answer, stop } = useImportEffects(requests, requests.length > 0 && rows <= AT_ONCE_ROWS);
  const { data, error } = answer;
  if (requests.length === 0) return null;
  const stopping = answer.isFetching ? (
    <Button size="compact-xs" variant="default" onClick={stop}>
      Do not measure
    </Button>
  ) : null;
  return (
    <Panel title="Effect" aside={stopping ?? <span>On the metrics over all segments, regions and products</span>}>
      {answer.isFetching ? (
        <div role="status" aria-busy="true" aria-label="Measuring the effect">
          <Skeleton h={64} />
        </div>
      ) : data !== undefined ? (
        data.map((effect, index) => (
          <Effect
            key={requests[index]?.files.join(' ')}
            effect={effect}
            files={data.length === 1 ? null : (requests[index]?.files ?? [])}
          />
        ))
      ) : error !== null && !isCancelled(error) ? (
        <Failure message={error.message} retry={() => answer.refetch()} />
      ) : (
        <div className={styles.unasked}>
          <p>
            Which values would change has not been measured: it takes about as long as the import of the{' '}
            {rows.toLocaleString('en-US')} rows itself.
          </p>
          <Button size="xs" variant="default" onClick={() => void answer.refetch()}>
            Measure the effect
          </Button>
        </div>
      )}
    </Panel>
  );
}

function Effect({ effect, files }: { effect: ImportEffect; files: readonly string[] | null }) {
  return (
    <div className={styles.effect}>
      <p>
        {files === null ? null : <b>{files.map(fileName).join(', ')}: </b>}
        {effectSentence(effect)}
      </p>
      {effect.changes.length === 0 ? null : <Changes effect={effect} />}
      {effect.unavailable.map(({ id, reason }) => (
        <p key={id}>
          {id} could no longer be computed: {reason}
        </p>
      ))}
    </div>
  );
}

function Changes({ effect: { changes, currency } }: { effect: ImportEffect }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={styles.frame} tabIndex={0} aria-label="Values that would change">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            <th scope="col">Month</th>
            <th scope="col">Now</th>
            <th scope="col">Then</th>
            <th scope="col">n</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, index) => (
            <tr key={`${change.metric} ${change.period}`} data-first={changes[index - 1]?.metric !== change.metric}>
              <th scope="row" title={change.metric}>
                <small>{change.stage}</small> {change.name}
              </th>
              <td>{periodLabel(change.period)}</td>
              <td>{shown(change, 'from', currency)}</td>
              <td>
                <b>{shown(change, 'to', currency)}</b>
              </td>
              <td>{change.fromN === change.toN ? count(change.toN) : `${count(change.fromN)} → ${count(change.toN)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shown(change: MetricChange, side: 'from' | 'to', currency: string): string {
  const n = side === 'from' ? change.fromN : change.toN;
  if (isTooFewToState({ kind: change.kind, n, value: change[side] })) return 'too few to state';
  return changeWords(change, currency)[side] ?? '–';
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

import { Anchor, Badge, Code, Skeleton, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatValue } from '../../analytics/contract/format-value.ts';
import type { Metric, Target } from '../../analytics/contract/metric-definition.ts';
import type { MetricExplanation, UnusableRows } from '../../analytics/contract/workspace.ts';
import { metricOf, useWorkspace } from '../engine/workspace.tsx';
import { LoadState } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';
import { useNavigation } from '../place/navigation.ts';
import styles from './definition.module.css';
import { useExplanation } from './metric-queries.ts';

/** What the number means and how it comes to be, down to its SQL. */
export function Definition({ metric }: { metric: Omit<Metric, 'sql'> }) {
  const explanation = useExplanation(metric.id);
  return (
    <Panel
      title="Definition"
      aside={
        <Badge variant="default" size="sm" tt="none" fw={500}>
          version {metric.version}
        </Badge>
      }
    >
      <dl className={styles.definition}>
        <Part name="Formula">{metric.formula}</Part>
        <Part name="One observation">{metric.grain}</Part>
        <Part name="Date rule">
          {metric.dateRule}{' '}
          <i>({metric.basis === 'cohort' ? 'cohort: counts where it started' : 'event: counts where it ended'})</i>
        </Part>
        <Part name="Maturity">{metric.maturity ?? 'Final at once'}</Part>
        {metric.rollingMonths === undefined ? null : (
          <Part name="Rolling">{metric.rollingMonths} months ending with the period</Part>
        )}
        <Part name="Left out">{metric.exclusions.length === 0 ? 'Nothing' : <Bullets items={metric.exclusions} />}</Part>
        <Part name="Source of the formula">{metric.source}</Part>
      </dl>
      <LoadState answer={explanation} loading={<Skeleton h={160} />}>
        {(explained) => <Explained explained={explained} />}
      </LoadState>
    </Panel>
  );
}

function Explained({ explained }: { explained: MetricExplanation }) {
  const { currency } = useWorkspace().settings;
  const rules = Object.entries(explained.rules);
  return (
    <>
      <dl className={styles.definition}>
        <Part name="Targets">
          {explained.targets.length === 0 ? (
            'Not set. Set one in weir.json.'
          ) : (
            <Bullets items={explained.targets.map((target) => targetLine(target, explained.metric, currency))} />
          )}
        </Part>
        <Part name="Reads">{explained.metric.tables.join(', ')}</Part>
        {explained.unusable.length === 0 ? null : (
          <Part name="Unusable rows">
            <Bullets items={explained.unusable.map(unusableLine)} />
          </Part>
        )}
        <Beside explained={explained} />
      </dl>
      {rules.length === 0 ? null : (
        <Table fz={12} verticalSpacing={3} captionSide="top">
          <Table.Caption className={styles.caption ?? ''}>Settings in force</Table.Caption>
          <Table.Tbody>
            {rules.map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th fw={400}>{name}</Table.Th>
                <Table.Td ta="right">{String(value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <details className={styles.sql}>
        <summary>SQL</summary>
        <Code block fz={11.5} tabIndex={0} aria-label="SQL of the observations">
          {explained.compiledSql}
        </Code>
      </details>
    </>
  );
}

/** The metrics to read together with this one. */
function Beside({ explained }: { explained: MetricExplanation }) {
  const workspace = useWorkspace();
  const go = useNavigation((navigation) => navigation.go);
  const others = [explained.metric.companionOf, ...explained.companions].filter((id) => id !== undefined);
  if (others.length === 0) return null;
  return (
    <Part name="Read together with">
      <ul>
        {others.map((id) => (
          <li key={id}>
            <Anchor component="button" type="button" fz={13} ta="left" onClick={() => go({ view: 'metric', metric: id })}>
              {metricOf(workspace, id)?.name ?? id}
            </Anchor>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Bullets({ items }: { items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function unusableLine({ table, rows, why, inBounds }: UnusableRows): string {
  const count = `${rows.toLocaleString('en-US')} ${why} ${rows === 1 ? 'row' : 'rows'} of ${table}`;
  return inBounds
    ? `${count}: each could have been a case, and counts in the bounds of a value`
    : `${count}: could have moved a value by any amount`;
}

function targetLine(target: Target, metric: Metric, currency: string): string {
  const say = (value: number | undefined) => (value === undefined ? 'open' : formatValue(value, metric.unit, currency));
  const size = target.value === undefined ? `${say(target.low)} to ${say(target.high)}` : say(target.value);
  const since = target.from === undefined ? '' : ` from ${target.from}`;
  const until = target.to === undefined ? '' : ` until ${target.to}`;
  return `${target.segment ?? 'all segments'}: ${size}${since}${until} (${target.source})`;
}

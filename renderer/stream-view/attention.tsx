import { Anchor, Table } from '@mantine/core';
import { memo } from 'react';
import { formatValue } from '../../analytics/contract/format-value.ts';
import type { StreamView } from '../../analytics/contract/stream-view.ts';
import { useWorkspace } from '../engine/workspace.tsx';
import { Panel } from '../frame/panel.tsx';
import { RatingMark } from '../marks/rating-mark.tsx';
import { SignalBadge } from '../marks/signal-badge.tsx';
import { useNavigation } from '../place/navigation.ts';
import type { Span } from '../place/period-span.ts';
import { attentionOrder } from './attention-order.ts';
import { targetText } from './target-text.ts';

/** The agenda of a review: which metrics to open first, and why. */
export const Attention = memo(function Attention({ view, span }: { view: StreamView; span: Span }) {
  const { currency } = useWorkspace().settings;
  const go = useNavigation((navigation) => navigation.go);
  const items = attentionOrder(view.tiles, span, currency);
  return (
    <Panel title="What to look at" aside={<span>Signals by Wheeler's rules first, then missed targets</span>}>
      {items.length === 0 ? (
        <p>No signal and no missed target in these months: what moved is routine variation.</p>
      ) : (
        <Table verticalSpacing={5} horizontalSpacing={8} fz={13}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="24%">Metric</Table.Th>
              <Table.Th w={90}>Stage</Table.Th>
              <Table.Th w={90} ta="right">
                Value
              </Table.Th>
              <Table.Th w={130}>Target</Table.Th>
              <Table.Th w={120}>Rating</Table.Th>
              <Table.Th>Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map(({ tile, strength, statement }) => (
              <Table.Tr key={tile.metric}>
                <Table.Td>
                  <Anchor
                    component="button"
                    type="button"
                    fz={13}
                    ta="left"
                    aria-label={`Open ${tile.current.name}`}
                    onClick={() => go({ view: 'metric', metric: tile.metric })}
                  >
                    {tile.current.name}
                  </Anchor>
                </Table.Td>
                <Table.Td>{tile.current.stage}</Table.Td>
                <Table.Td ta="right">
                  {tile.current.value === null ? 'none' : formatValue(tile.current.value, tile.current.unit, currency)}
                </Table.Td>
                <Table.Td>
                  {tile.current.target === null ? 'not set' : targetText(tile.current, currency).replace(/^Target /, '')}
                </Table.Td>
                <Table.Td>
                  {tile.current.target === null ? null : <RatingMark rating={tile.current.rating} reason={null} />}
                </Table.Td>
                <Table.Td>
                  {strength === null ? null : (
                    <SignalBadge strength={strength} label={`Signal (${strength})`} sentence={statement} />
                  )}{' '}
                  {statement}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
});

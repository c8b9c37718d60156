import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Where } from '../../analytics/contract/dimensions.ts';
import { ask } from '../engine/ask.ts';
import { KEPT, keepView } from '../engine/kept.ts';
import { isKept, useWorkspace } from '../engine/workspace.tsx';
import { useAsked, useFilters } from '../place/filters.ts';
import type { Span } from '../place/period-span.ts';

type Asked = Span & { readonly where: Where };

/** The whole dashboard in one call; answers of one data version stay true. */
export function streamViewQuery(stream: string, asked: Asked, dataVersion: number) {
  return queryOptions({
    queryKey: ['view.stream', stream, asked, dataVersion] as const,
    queryFn: () => ask('view.stream', { stream, ...asked }, 'stream'),
  });
}

/** The kept answer to this question, whatever the data version it was given for. */
function keptAnswer(stream: string, asked: Asked) {
  if (KEPT === null) return undefined;
  return JSON.stringify(KEPT.query) === JSON.stringify({ stream, ...asked }) ? KEPT.answer : undefined;
}

/**
 * The dashboard of a stream under the filters in force. While an answer is on its way, the last answer of the same stream
 * stays, and at the start the kept one; what is shown last is kept for the next start.
 */
export function useStreamView(stream: string) {
  const workspace = useWorkspace();
  const asked = useAsked();
  const answer = useQuery({
    ...streamViewQuery(stream, asked, workspace.dataVersion),
    placeholderData: (before, query) => (query?.queryKey[1] === stream && before ? before : keptAnswer(stream, asked)),
  });
  const { data, isPlaceholderData } = answer;
  useEffect(() => {
    if (data === undefined || isPlaceholderData || isKept(workspace)) return;
    const { span, where } = useFilters.getState();
    return keepView({ choice: { span, where }, query: { stream, ...asked }, answer: data, description: workspace });
  }, [data, isPlaceholderData, workspace, asked, stream]);
  return { answer, kept: data !== undefined && data === KEPT?.answer };
}

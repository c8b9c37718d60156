import { Loader, Skeleton } from '@mantine/core';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { assertNever } from '../../analytics/contract/errors.ts';
import type { WorkspaceDescription } from '../../analytics/contract/workspace.ts';
import { KEPT } from '../engine/kept.ts';
import { useWorkspaceQuery, WorkspaceProvider } from '../engine/workspace.tsx';
import { LoadState } from '../frame/load-state.tsx';
import { Loaded, laterCode } from '../frame/loaded.tsx';
import { useFilters } from '../place/filters.ts';
import { type Place, useNavigation } from '../place/navigation.ts';
import { spanOf } from '../place/period-span.ts';
import { streamViewQuery } from '../stream-view/stream-query.ts';
import { StreamView } from '../stream-view/stream-view.tsx';
import { useAddress } from './address.ts';
import styles from './app-shell.module.css';
import { DropZone } from './drop-zone.tsx';
import { useEngineEvents } from './engine-events.ts';
import { FiltersBar } from './filters-bar.tsx';
import { Header } from './header.tsx';
import { useWarmMetricView } from './warm-metric-view.ts';

const LOADING = <Skeleton h={520} role="status" aria-busy="true" aria-label="Loading" />;

/** Comes after the first view, since the stream needs none of it. */
const METRIC_VIEW = laterCode(async () => (await import('../metric-view/metric-view.tsx')).MetricView);
const IMPORTS_VIEW = laterCode(async () => (await import('../imports-view/imports-view.tsx')).ImportsView);
const JUMP = laterCode(async () => (await import('./jump.tsx')).Jump);

/** The means to draw a metric's page before it is asked for, with the page itself at hand. */
async function loadMetricView() {
  const [{ warmUp }] = await Promise.all([import('../metric-view/metric-view.tsx'), METRIC_VIEW.load()]);
  return { warmUp };
}

export function App() {
  const preparing = useEngineEvents();
  useAddress();
  const queries = useQueryClient();
  const workspace = useWorkspaceQuery((described) => askFirstView(queries, described));
  return (
    <LoadState answer={{ ...workspace, isPlaceholderData: false }} loading={<Opening preparing={preparing} />}>
      {(described) => <Opened workspace={described} />}
    </LoadState>
  );
}

/** Asks for the first numbers as soon as it is known which, and not only once everything around them is drawn. */
function askFirstView(queries: QueryClient, workspace: WorkspaceDescription): void {
  const place = useNavigation.getState().place ?? firstPlace(workspace);
  if (place.view !== 'stream' || workspace.asOf === null) return;
  const { span, where } = useFilters.getState();
  const asked = { ...spanOf(span, workspace.asOf, workspace.settings.fiscalYearStart), where };
  void queries.prefetchQuery(streamViewQuery(place.stream, asked, workspace.dataVersion));
}

/** Where the window opens: the stream looked at last, else the first one. */
function firstPlace(workspace: WorkspaceDescription): Place {
  const stream = workspace.streams.find(({ id }) => id === KEPT?.query.stream) ?? workspace.streams[0];
  return stream === undefined ? { view: 'imports' } : { view: 'stream', stream: stream.id };
}

function Opening({ preparing }: { preparing: string | null }) {
  return (
    <div className={styles.opening}>
      <Loader size="sm" />
      <p>{preparing === null ? 'Opening the workspace…' : `Preparing the workspace ${preparing}…`}</p>
    </div>
  );
}

function Opened({ workspace }: { workspace: WorkspaceDescription }) {
  const chosen = useNavigation((navigation) => navigation.place);
  useWarmMetricView(loadMetricView, workspace.settings.currency);
  const place = chosen ?? firstPlace(workspace);
  return (
    <WorkspaceProvider workspace={workspace}>
      <div className={styles.top}>
        <Header workspace={workspace} place={place} />
        {place.view === 'imports' ? null : <FiltersBar />}
      </div>
      <main className={styles.main}>
        <View place={place} />
        <DropZone />
      </main>
      <Loaded code={JUMP} props={{ workspace }} meanwhile={null} />
    </WorkspaceProvider>
  );
}

function View({ place }: { place: Place }) {
  switch (place.view) {
    case 'stream':
      return <StreamView key={place.stream} stream={place.stream} />;
    case 'metric':
      return <Loaded key={place.metric} code={METRIC_VIEW} props={{ metric: place.metric }} meanwhile={LOADING} />;
    case 'imports':
      return <Loaded code={IMPORTS_VIEW} props={{}} meanwhile={LOADING} />;
    default:
      return assertNever(place);
  }
}

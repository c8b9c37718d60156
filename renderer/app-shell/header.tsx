import { ActionIcon, Button, Kbd, Menu, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconDots, IconFileExport, IconFolderOpen, IconSearch, IconTable, IconUpload } from '@tabler/icons-react';
import { dayLabel } from '../../analytics/contract/format-value.ts';
import type { WorkspaceDescription } from '../../analytics/contract/workspace.ts';
import { shell } from '../engine/ask.ts';
import { importPickedFiles, useImportRun } from '../engine/import-run.ts';
import type { Place } from '../place/navigation.ts';
import { useNavigation } from '../place/navigation.ts';
import styles from './app-shell.module.css';
import { exportReview } from './export-review.ts';
import { ThemeSwitch } from './theme-switch.tsx';

const IMPORTS = 'imports';

export function Header({ workspace, place }: { workspace: WorkspaceDescription; place: Place }) {
  const go = useNavigation((navigation) => navigation.go);
  const running = useImportRun((run) => run.state.kind === 'running');
  useHotkeys([
    ['mod+K', spotlight.open],
    ['mod+P', spotlight.open],
  ]);
  return (
    <header className={styles.header}>
      <div className={styles.brand}>
        <Wordmark />
        <span className={styles.workspace} title={workspace.dir}>
          {folderName(workspace.dir)}
        </span>
      </div>
      <nav aria-label="Value streams">
        <SegmentedControl
          size="sm"
          aria-label="Value stream"
          value={tabOf(place)}
          onChange={(tab) => go(tab === IMPORTS ? { view: 'imports' } : { view: 'stream', stream: tab })}
          data={[
            ...workspace.streams.map((stream) => ({ value: stream.id, label: <span title={stream.name}>{stream.id}</span> })),
            { value: IMPORTS, label: 'Imports' },
          ]}
        />
      </nav>
      <div className={styles.grow} />
      <AsOf workspace={workspace} />
      <UnstyledButton className={styles.search} onClick={spotlight.open} aria-label="Jump to a metric, stage or stream">
        <IconSearch size={15} aria-hidden="true" />
        <span>Jump to…</span>
        <Kbd size="xs">{shell().platform.os === 'macos' ? '⌘K' : 'Ctrl K'}</Kbd>
      </UnstyledButton>
      <Button
        size="xs"
        h={32}
        leftSection={<IconUpload size={15} aria-hidden="true" />}
        loading={running}
        onClick={() => void importPickedFiles()}
      >
        Import
      </Button>
      <MoreMenu />
      <ThemeSwitch />
    </header>
  );
}

function AsOf({ workspace }: { workspace: WorkspaceDescription }) {
  const zone = workspace.settings.timeZone;
  return (
    <p className={styles.asOf} title={`Months and days are those of ${zone}`}>
      <span>
        {workspace.asOf === null ? (
          'No data yet'
        ) : (
          <>
            Data to <time dateTime={workspace.asOf}>{dayLabel(workspace.asOf)}</time>
          </>
        )}
      </span>
      <span className={styles.zone}>{zone}</span>
    </p>
  );
}

function MoreMenu() {
  const go = useNavigation((navigation) => navigation.go);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size={32} aria-label="More" title="More">
          <IconDots size={17} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconFileExport size={16} aria-hidden="true" />} onClick={() => void exportReview()}>
          Export monthly review
        </Menu.Item>
        <Menu.Item leftSection={<IconTable size={16} aria-hidden="true" />} onClick={() => go({ view: 'imports' })}>
          Import history
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderOpen size={16} aria-hidden="true" />} onClick={() => void shell().pickWorkspace()}>
          Open workspace
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The stream a place belongs to; a metric's id begins with its stream's. */
function tabOf(place: Place): string {
  if (place.view === 'stream') return place.stream;
  return place.view === 'imports' ? IMPORTS : place.metric.slice(0, place.metric.lastIndexOf('.')).toUpperCase();
}

function folderName(dir: string): string {
  return dir.split(/[\\/]/).filter(Boolean).at(-1) ?? dir;
}

function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M2 5 H9 V12 C13 12 12 17 22 17" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
        <path d="M9 12 V20 H22" fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" opacity="0.45" />
      </svg>
      Weir
    </span>
  );
}

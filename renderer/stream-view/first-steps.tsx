import { Button, Group } from '@mantine/core';
import { shell } from '../engine/ask.ts';
import { importPickedFiles } from '../engine/import-run.ts';
import { Empty } from '../frame/load-state.tsx';
import { Panel } from '../frame/panel.tsx';

/** A workspace without data: the two ways to see numbers. */
export function FirstSteps() {
  return (
    <Panel title="No data yet">
      <Empty advice="Drop extracts of your systems anywhere on this window: leads, quotes, work orders, visits, tickets, telemetry. Each file finds its table by its header, and you see what is understood before anything is stored.">
        <Group gap="xs">
          <Button size="sm" onClick={() => void importPickedFiles()}>
            Choose extracts
          </Button>
          <Button size="sm" variant="default" onClick={() => void shell().openSample()}>
            Look at the sample workspace
          </Button>
          <Button size="sm" variant="default" onClick={() => void shell().pickWorkspace()}>
            Open another workspace
          </Button>
        </Group>
      </Empty>
    </Panel>
  );
}

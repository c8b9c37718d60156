import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessagePortMain } from 'electron';
import { errorData } from '../../analytics/contract/errors.ts';
import type { EngineMessage } from '../../analytics/contract/methods.ts';
import type { WindowEvent } from '../../analytics/contract/window-api.ts';
import { createWorkspace, type Engine, openEngine } from '../../analytics/index.ts';
import type { EngineArguments, EngineNotice, ShellMessage } from './engine-channel.ts';
import { Session } from './session.ts';

/**
 * The engine's process: the one place of the app where a workspace is open.
 * Windows talk to it over ports of their own; the shell only hands the ports over and hears whether it could open.
 */
const { dir, sampleWhereMissing } = JSON.parse(process.argv[2] ?? '{}') as EngineArguments;
const ports = new Set<MessagePortMain>();
let preparing = false;

function broadcast(event: WindowEvent): void {
  for (const port of ports) port.postMessage(event);
}

function notify(notice: EngineNotice): void {
  process.parentPort.postMessage(notice);
}

/** Made beside its place and moved there when whole: an app closed half-way leaves no half workspace behind. */
async function makeSample(): Promise<void> {
  const draft = `${dir}.draft`;
  await rm(draft, { recursive: true, force: true });
  await createWorkspace(draft, { sample: true, onProgress: (progress) => broadcast({ kind: 'progress', progress }) });
  await rename(draft, dir);
}

async function open(): Promise<Engine> {
  if (sampleWhereMissing && !existsSync(join(dir, 'weir.json'))) {
    preparing = true;
    broadcast({ kind: 'preparing', dir });
    await makeSample();
    preparing = false;
  }
  return openEngine(dir, {
    progress: (progress) => broadcast({ kind: 'progress', progress }),
    changed: (dataVersion) => broadcast({ kind: 'changed', dataVersion }),
    watched: (file) => broadcast({ kind: 'watched', file }),
  });
}

const engine = open();
engine.then(
  (opened) => {
    notify({ kind: 'opened', dir });
    opened.watch();
  },
  (thrown: unknown) => {
    const error = errorData(thrown);
    notify({ kind: 'failed', error });
    broadcast({ kind: 'failed', error });
  },
);

function connect(port: MessagePortMain): void {
  const session = new Session(engine, (message: EngineMessage) => port.postMessage(message));
  ports.add(port);
  port.on('message', (event) => void session.receive(event.data));
  port.on('close', () => {
    ports.delete(port);
    session.close();
  });
  port.start();
  if (preparing) port.postMessage({ kind: 'preparing', dir } satisfies WindowEvent);
  engine.catch((thrown: unknown) => port.postMessage({ kind: 'failed', error: errorData(thrown) } satisfies WindowEvent));
}

process.parentPort.on('message', (event) => {
  const message = event.data as ShellMessage;
  const port = event.ports[0];
  if (message.kind === 'connect' && port !== undefined) connect(port);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A display that exists only in memory: its name, and how to take it down. */
export interface VirtualDisplay {
  readonly name: string;
  stop(): Promise<void>;
}

/** Starts Xvfb on a display number of its own choosing, so that runs side by side do not collide. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '2048x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await Promise.race([displayNumber(server), failure(server)]);
  return {
    name: `:${number}`,
    async stop() {
      const closed = once(server, 'close');
      server.kill();
      await closed;
    },
  };
}

async function displayNumber(server: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of server.stdio[3] as Readable) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  if (text.trim() === '') throw new Error('Xvfb named no display.');
  return text.trim();
}

async function failure(server: ChildProcess): Promise<never> {
  const [reason] = await once(server, 'error');
  throw new Error(`Xvfb could not be started: ${String(reason)}`);
}

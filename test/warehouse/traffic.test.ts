import { expect, it } from 'vitest';
import { traffic } from '../../analytics/warehouse/traffic.ts';

/** A piece of work that ends when it is told to. */
function endless(): { readonly work: () => Promise<void>; end(): void } {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((done) => {
    end = done;
  });
  return { work: () => ended, end };
}

it('gives the database to nothing alone while something runs, on whichever connection', async () => {
  const shared = traffic();
  const [one, other] = [endless(), endless()];
  const running = [shared.pass(one.work), shared.pass(other.work)];
  const done: string[] = [];
  const alone = async () => void done.push('alone');
  expect(await shared.alone(alone)).toBe(false);
  one.end();
  await running[0];
  expect(await shared.alone(alone)).toBe(false);
  other.end();
  await running[1];
  expect(await shared.alone(alone)).toBe(true);
  expect(done).toEqual(['alone']);
});

it('makes what comes meanwhile wait, and runs all of it afterwards, even where the one thing fails', async () => {
  const shared = traffic();
  const holding = endless();
  const held = shared.alone(async () => {
    await holding.work();
    throw new Error('refused');
  });
  const order: string[] = [];
  const waiting = ['first', 'second'].map((name) => shared.pass(async () => order.push(name)));
  expect(await shared.alone(async () => undefined)).toBe(false);
  expect(order).toEqual([]);
  holding.end();
  await expect(held).rejects.toThrow('refused');
  await Promise.all(waiting);
  expect(order).toEqual(['first', 'second']);
});

it('tells when the last thing has ended, whether it went well or not, and not before', async () => {
  const shared = traffic();
  let quiet = 0;
  shared.onQuiet(() => {
    quiet += 1;
  });
  const outer = endless();
  const running = shared.pass(async () => {
    await shared.pass(async () => undefined);
    await outer.work();
  });
  await shared.pass(async () => undefined);
  expect([quiet, shared.isQuiet]).toEqual([0, false]);
  outer.end();
  await running;
  expect([quiet, shared.isQuiet]).toEqual([1, true]);
  await expect(shared.pass(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect([quiet, shared.isQuiet]).toEqual([2, true]);
});

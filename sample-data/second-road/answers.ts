import { dayText, LAST_DAY } from '../generator/clock.ts';
import type { World } from '../generator/records.ts';
import { metricAnswers } from './metrics.ts';
import { Books } from './observation.ts';
import { storyAnswers } from './stories.ts';
import { portLives } from './uptime.ts';

/** The answers files, by name: the metrics and the stories, worked out from the records without a database. */
export function makeAnswers(world: World): Record<string, string> {
  const books = new Books(world);
  const lives = portLives(books);
  const head = { asOf: dayText(LAST_DAY), timeZone: 'America/New_York' };
  const rows = metricAnswers(books, lives).map((row) => `    ${JSON.stringify(row)}`);
  const metrics = `{\n  "asOf": "${head.asOf}",\n  "timeZone": "${head.timeZone}",\n  "rows": [\n${rows.join(',\n')}\n  ]\n}\n`;
  return { 'metrics.json': metrics, 'stories.json': `${JSON.stringify({ ...head, ...storyAnswers(books, lives) }, null, 2)}\n` };
}

import { WeirError } from '../../contract/errors.ts';
import type { LayoutChoices } from '../../contract/file-choices.ts';
import { openTextFile, type TextFile } from '../bytes/text-file.ts';
import type { FileTask } from '../file-task.ts';
import { recognised } from '../matching/choose-table.ts';
import { findLayout, type Layout } from '../reading/dialect.ts';
import { LineTooLong } from '../reading/records.ts';

/** What of a file's task says how it is to be laid out. */
export interface LayoutTask
  extends Pick<
    FileTask,
    'file' | 'scratch' | 'fileId' | 'profile' | 'profiles' | 'choices' | 'portrait' | 'limits' | 'signal' | 'atOnce'
  > {
  step(step: 'scanning', rows: null, part?: number | null): void;
}

/** A file as text, and how that is cut into a header and rows. */
export interface LaidOut {
  readonly text: TextFile;
  readonly layout: Layout;
}

const MOST_COLUMNS = 2000;

/** Opens the file and cuts its header in the way that is told, the rest as its bytes show; `name` tells its copy from others. */
export async function readBy(task: LayoutTask, told: LayoutChoices, name: string): Promise<LaidOut> {
  const { encoding, part } = told;
  // Whether an encoding that a profile says fits, all bytes must tell.
  const mayGlance = task.atOnce !== null && !task.profiles.some((profile) => profile.layout.encoding !== undefined);
  const text = await openTextFile(task.file, task.scratch, `file-${task.fileId}${name}`, {
    scanned: (share) => task.step('scanning', null, share),
    ...(mayGlance ? { glance: { signal: task.signal } } : {}),
    ...(task.limits ? { limits: task.limits } : {}),
    ...(encoding === undefined ? {} : { encoding }),
    ...(part === undefined ? {} : { part }),
  });
  task.portrait?.seesText(text);
  if (text.empty) {
    const reason = 'it is empty. Export it again, or leave it out.';
    throw new WeirError('file-unreadable', { file: task.file, reason });
  }
  return { text, layout: await cutBy(task, text, told) };
}

/** Cuts the header of a text in the way that is told. */
export async function cutBy(task: LayoutTask, text: TextFile, told: LayoutChoices): Promise<Layout> {
  const { file } = task;
  const { delimiter, quote, headerLine } = told;
  const marks = {
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(quote === undefined ? {} : { quote }),
    ...(headerLine === undefined ? {} : { headerLine }),
  };
  const judge = (cells: readonly string[]) => (cells.length > MOST_COLUMNS ? 0 : recognised(cells, task.profile, task.profiles));
  const layout = await findLayout(text, judge, marks).catch((thrown: unknown) => {
    if (thrown instanceof LineTooLong) throw new WeirError('file-unreadable', { file, reason: thrown.message });
    throw thrown;
  });
  if (!layout) throw new WeirError('file-unreadable', { file, reason: 'no row of columns could be found in it.' });
  if (layout.headers.length > MOST_COLUMNS) {
    const reason = `it has ${layout.headers.length} columns; at most ${MOST_COLUMNS} can be read.`;
    throw new WeirError('file-unreadable', { file, reason });
  }
  return layout;
}

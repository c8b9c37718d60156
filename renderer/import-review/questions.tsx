import { IconHelpCircle } from '@tabler/icons-react';
import { useId } from 'react';
import type { ColumnChoices, FileChoices } from '../../analytics/contract/file-choices.ts';
import type { OpenQuestion } from '../../analytics/contract/import-preview.ts';
import { useImportRun } from '../engine/import-run.ts';
import styles from './questions.module.css';

/** What the file leaves open, each with its possible answers and what they would make of its texts. An answer is one click. */
export function Questions({ file, questions }: { file: string; questions: readonly OpenQuestion[] }) {
  const say = useImportRun((run) => run.saySource);
  const answer = (all: readonly OpenQuestion[], value: string) => void say(file, said(all, value));
  const kinds = [...new Set(questions.map((question) => question.kind))];
  return (
    <div className={styles.questions}>
      {kinds.map((kind) => {
        const alike = questions.filter((question) => question.kind === kind);
        return (
          <div key={kind}>
            {alike.map((question) => (
              <Question key={question.header ?? ''} question={question} answer={(value) => answer([question], value)} />
            ))}
            {alike.length < 2 ? null : (
              <p className={styles.all}>
                The same for all {alike.length} columns:
                {alike[0]?.answers.map(({ value, label }) => (
                  <button key={value} type="button" onClick={() => answer(alike, value)}>
                    {label}
                  </button>
                ))}
              </p>
            )}
          </div>
        );
      })}
    </div>
  );
}

function Question({ question, answer }: { question: OpenQuestion; answer: (value: string) => void }) {
  const id = useId();
  return (
    <section className={styles.question} aria-labelledby={id}>
      <h3 id={id}>
        <IconHelpCircle size={18} stroke={1.7} aria-hidden="true" />
        {question.text}
      </h3>
      <div className={styles.answers}>
        {question.answers.map(({ value, label, examples }) => (
          <button key={value} type="button" className={styles.answer} onClick={() => answer(value)}>
            <b>{label}</b>
            {examples.map(({ raw, understood }) => (
              <span key={raw}>
                <code>{raw}</code> → {understood ?? 'rejected'}
              </span>
            ))}
          </button>
        ))}
      </div>
    </section>
  );
}

/** The choices that an answer to these questions comes to. */
function said(questions: readonly OpenQuestion[], value: string): FileChoices {
  const [first] = questions;
  if (first?.kind === 'table') return { table: value };
  const reading = readingOf(first?.kind ?? 'date-order', value);
  return { columns: Object.fromEntries(questions.map(({ header }) => [header ?? '', reading])) };
}

function readingOf(kind: OpenQuestion['kind'], value: string): ColumnChoices {
  switch (kind) {
    case 'after-year':
      return { afterYear: value as 'day-first' };
    case 'decimal-mark':
      return { decimalMark: value as '.' };
    default:
      return { dateOrder: value as 'day-first' };
  }
}

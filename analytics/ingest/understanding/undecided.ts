import { type ErrorCode, WeirError } from '../../contract/errors.ts';
import type { OpenQuestion } from '../../contract/import-preview.ts';
import type { ColumnPlan } from '../typing/cell.ts';

/** A file that leaves something open: the error that refuses it, with the questions whose answers would settle it. */
export class Undecided extends WeirError {
  readonly questions: readonly OpenQuestion[];
  /** How the columns are read that leave nothing open. */
  readonly plans: readonly ColumnPlan[];

  constructor(
    code: ErrorCode,
    facts: Readonly<Record<string, string | number>>,
    open: { readonly questions: readonly OpenQuestion[]; readonly plans?: readonly ColumnPlan[] },
  ) {
    super(code, facts);
    this.questions = open.questions;
    this.plans = open.plans ?? [];
  }

  /** The same refusal with what others leave open besides, and what is known of the rest. */
  together(others: readonly Undecided[], plans: readonly ColumnPlan[]): Undecided {
    const questions = [this, ...others].flatMap((each) => each.questions);
    const all = new Undecided(this.code, {}, { questions, plans });
    all.message = this.message;
    return all;
  }
}

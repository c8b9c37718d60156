import { WeirError } from '../../contract/errors.ts';
import type { Sql } from '../../contract/sql.ts';
import { foldHeader } from '../matching/fold-header.ts';

/** What the values of one file settled for a column of its source, and the value that did. */
export interface Decision {
  readonly choice: string;
  readonly example: string;
  readonly file: string;
}

/** The column of a source that a decision is about, and which of its readings. */
export interface Question {
  readonly table: string;
  readonly header: string;
  readonly kind: string;
}

const CREATE = `CREATE TABLE IF NOT EXISTS source_decision (source VARCHAR, table_name VARCHAR, header VARCHAR, kind VARCHAR,
  choice VARCHAR, example VARCHAR, file VARCHAR, batch_id INTEGER)`;

/** The source of a file: `asked` keeps apart what a user reads with a profile that says only how values are written. */
export interface SourceNames {
  readonly known: string;
  readonly asked: string;
}

/** Decisions by their source and question, gathered over all files of one import. */
export type Gathered = Map<string, Decision>;

/**
 * What the files of one source settled for one another: how a column is read is decided once for the source, not once a file.
 * Decisions of imports that were taken back no longer count.
 */
export class DecisionBook {
  private readonly sql: Sql;
  private readonly source: SourceNames;
  private readonly batch: number;
  private readonly gathered: Gathered;

  constructor(sql: Sql, source: SourceNames, about: { readonly batch: number; readonly gathered: Gathered }) {
    this.sql = sql;
    this.source = source;
    this.batch = about.batch;
    this.gathered = about.gathered;
  }

  /** What another file of the source settled; null where none did. */
  async find(question: Question): Promise<Decision | null> {
    const now = this.gathered.get(this.keyOf(question));
    if (now) return now;
    const [row] = await this.sql.rows<{ choice: string; example: string; file: string }>({
      text: `SELECT d.choice, d.example, d.file FROM source_decision d JOIN import_batch b USING (batch_id) WHERE b.undone_at IS NULL
        AND d.source = $source AND d.table_name = $table AND d.header = $header AND d.kind = $kind ORDER BY d.batch_id DESC LIMIT 1`,
      params: { source: this.source.asked, table: question.table, header: foldHeader(question.header), kind: question.kind },
    });
    return row ?? null;
  }

  /** Notes what the values of a file settled. Refuses, with both examples, where another file of the source settled otherwise. */
  async settle(question: Question, decision: Decision): Promise<void> {
    const before = await this.find(question);
    if (before && before.choice !== decision.choice) {
      throw new WeirError('source-contradicts', {
        column: question.header,
        file: decision.file,
        example: decision.example,
        choice: decision.choice,
        otherFile: before.file,
        otherExample: before.example,
        otherChoice: before.choice,
      });
    }
    this.gathered.set(this.keyOf(question), decision);
    await this.store(question, decision, this.source.asked);
  }

  /** Notes what a user said where nothing settled it, so that files of the source are not asked about again. */
  async remember(question: Question, decision: Decision): Promise<void> {
    await this.store(question, decision, this.source.known);
  }

  private async store(question: Question, decision: Decision, source: string): Promise<void> {
    await this.sql.run({
      text: `INSERT INTO source_decision SELECT $source, $table, $header, $kind, $choice, $example, $file, $batch WHERE NOT EXISTS (
        SELECT 1 FROM source_decision d JOIN import_batch b USING (batch_id) WHERE b.undone_at IS NULL
          AND d.source = $source AND d.table_name = $table AND d.header = $header AND d.kind = $kind AND d.choice = $choice)`,
      params: {
        source,
        table: question.table,
        header: foldHeader(question.header),
        kind: question.kind,
        ...decision,
        batch: this.batch,
      },
    });
  }

  private keyOf({ table, header, kind }: Question): string {
    return JSON.stringify([this.source.asked, table, foldHeader(header), kind]);
  }
}

/** Makes the table of decisions where the database has none yet. */
export async function createDecisions(sql: Sql): Promise<void> {
  await sql.run({ text: CREATE });
}

/** What tells one source from another: its profile where that names a system, else the headers of its files. */
export function sourceOfFile(
  headers: readonly string[],
  profile: { readonly name: string; readonly tables: object } | null,
): SourceNames {
  if (profile && Object.keys(profile.tables).length > 0)
    return { known: `profile ${profile.name}`, asked: `profile ${profile.name}` };
  const known = `headers ${headers.map(foldHeader).join(' ')}`;
  return { known, asked: profile ? `${known} as ${profile.name}` : known };
}

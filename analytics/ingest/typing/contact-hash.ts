import type { ImportFinding } from '../../contract/import-report.ts';
import { literal } from '../../tables/identifier.ts';
import { finding } from '../finding.ts';
import { foldHeader } from '../matching/fold-header.ts';
import { type CellSource, type ColumnPlan, plainestCell } from './cell.ts';

/** How an address is told from its hash, and what of it every spelling of it has in common. */
interface Contact {
  readonly noun: string;
  readonly plural: string;
  is(text: string): string;
  normal(text: string): string;
}

const CONTACTS: Readonly<Record<string, Contact>> = {
  email_hash: {
    noun: 'email address',
    plural: 'email addresses',
    is: (text) => `contains(${text}, '@')`,
    normal: (text) => `lower(regexp_replace(${text}, '^mailto:|\\s', '', 'gi'))`,
  },
  phone_hash: {
    noun: 'phone number',
    plural: 'phone numbers',
    is: (text) => `regexp_full_match(${text}, ${literal("['=+(]*[0-9][-0-9 ()./\u00a0]{4,}")})`,
    normal: (text) => `regexp_replace(regexp_replace(${text}, '[^0-9+]', '', 'g'), '^00', '+')`,
  },
};

/**
 * Reads a column that tells persons apart: of an address only the SHA-256 of its normal form is kept, so that two spellings are
 * one person and the workspace holds no address. A text that is a hash already stays, as does a column that says it holds hashes.
 * Null for every other column.
 */
export async function planContact(source: CellSource): Promise<ColumnPlan | null> {
  const contact = contactOf(source);
  if (!contact) return null;
  const { cell, rows, filled } = await plainestCell(source);
  const [found] = await source.sql.rows<{ n: number }>({
    text: `SELECT count(*) FILTER (${contact.is(cell)}) AS n FROM ${source.relation} r`,
  });
  const count = found?.n ?? 0;
  return {
    name: source.column.name,
    header: source.header,
    position: source.position,
    cell,
    value: count === 0 ? cell : `CASE WHEN ${contact.is(cell)} THEN sha256(${contact.normal(cell)}) ELSE ${cell} END`,
    unreadable: null,
    lacks: source.column.required && filled < rows,
    keepsText: false,
    currency: null,
    findings: count === 0 ? [] : [hashFinding(source, contact, count)],
  };
}

/** True of a text that is an address to hash, as SQL; `false` in every other column. */
export function isContact(source: CellSource, text: string): string {
  return contactOf(source)?.is(text) ?? 'false';
}

function contactOf({ column, header }: CellSource): Contact | undefined {
  return foldHeader(header).endsWith('hash') ? undefined : CONTACTS[column.name];
}

function hashFinding({ header }: CellSource, contact: Contact, count: number): ImportFinding {
  const cells = `${count} ${count === 1 ? contact.noun : contact.plural}`;
  const message = `Of ${cells} in ${header} only a hash is kept, the same for every way of writing it.`;
  return finding('contact-hashed', header, count, { message });
}

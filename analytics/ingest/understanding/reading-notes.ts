import type { ReadingNote } from '../../contract/import-preview.ts';

function fixed(kind: ReadingNote['kind'], text: string): ReadingNote {
  return { kind, text, changeable: false };
}

interface MomentFacts {
  /** The forms besides ISO that occur; `openOrder` where day and month may stand in either order. */
  readonly forms: readonly { readonly name: string; readonly openOrder?: boolean }[];
  /** Cells in ISO 8601, and cells that carry their zone. */
  readonly iso: number;
  readonly zoned: number;
  /** Times written without a zone that were read as times of `zone`; days are not. */
  readonly local: number;
  readonly zone: string;
}

/** How the days and times of a column are written. */
export function momentNotes({ forms, iso, zoned, local, zone }: MomentFacts): ReadingNote[] {
  const ordered = forms.find((form) => form.openOrder !== undefined);
  const order = ordered?.name.replace('days written ', '') ?? '';
  return [
    ...(iso > 0 ? [fixed('form', 'ISO 8601')] : []),
    ...forms.flatMap((form) => (form.openOrder === undefined ? [fixed('form', form.name)] : [])),
    ...(ordered ? [{ kind: 'date-order' as const, text: order, changeable: ordered.openOrder ?? false }] : []),
    ...(zoned > 0 ? [fixed('form', 'with their zone')] : []),
    ...(local > 0 ? [{ kind: 'zone' as const, text: `${zone} time`, changeable: true }] : []),
  ];
}

interface NumberFacts {
  readonly mark: '.' | ',';
  /** True where the values leave the mark open. */
  readonly open: boolean;
  /** True where marks occur that need to be told. */
  readonly shown: boolean;
  readonly percent: number;
  readonly money: number;
  readonly negative: number;
}

/** How the numbers of a column are written. */
export function numberNotes({ mark, open, shown, percent, money, negative }: NumberFacts): ReadingNote[] {
  return [
    ...(shown ? [{ kind: 'decimal-mark' as const, text: mark === ',' ? '1.234,5' : '1,234.5', changeable: open }] : []),
    ...(money > 0 ? [fixed('currency', 'currency in the cell')] : []),
    ...(percent > 0 ? [fixed('unit', 'percent sign')] : []),
    ...(negative > 0 ? [fixed('form', 'brackets are negative')] : []),
  ];
}

/** How a column's text is read and stored. `timestamp` is stored in UTC, `decimal` as DOUBLE, `category` as folded text. */
export type ColumnType = 'text' | 'timestamp' | 'date' | 'integer' | 'decimal' | 'boolean' | 'category';

export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
  readonly unit: string | null;
  /** A file without this column is refused; a row without a value in it is rejected. */
  readonly required: boolean;
  /** Header spellings of source systems. Compared after folding case, spaces and punctuation. */
  readonly aliases: readonly string[];
  /**
   * For `category`: canonical member to the spellings that mean it (besides itself). The member with {@link ANY_OTHER}
   * takes every spelling not listed; without one, an unlisted spelling becomes null with a finding (a rejected row where required).
   */
  readonly members: Readonly<Record<string, readonly string[]>> | null;
  /** True for times that are planned or scheduled and may lie after the as-of day. */
  readonly planned: boolean;
  /** The column whose time comes before this one's: a mere day, where both are on it, cannot lie before it. */
  readonly since: string | null;
  /** Least and greatest value that can be true, in the column's unit. */
  readonly range: readonly [number | null, number | null] | null;
}

/** Something that must hold between columns of a row; `sql` is true where it holds or cannot be judged. */
export interface IntegrityCheck {
  readonly code: string;
  readonly sql: string;
  /** What is wrong where it does not hold, and what that does to metrics. */
  readonly message: string;
}

/** Where a row finds the dimensions it does not carry itself: the column here, and the table whose key it holds. */
export interface TableLink {
  readonly column: string;
  readonly table: string;
}

export interface TableDefinition {
  readonly name: string;
  readonly title: string;
  /** What one row is. */
  readonly grain: string;
  readonly key: readonly string[];
  /** The column that says when the row came to be: rows later than an as-of day do not exist for it. */
  readonly happensAt: string | null;
  /** Rows link to these, in order, for stream, segment, region, product, channel and crew. */
  readonly links: readonly TableLink[];
  readonly columns: readonly ColumnDefinition[];
  readonly checks: readonly IntegrityCheck[];
  /** True where tens of millions of rows are usual: its closed lists are then stored as numbers, in a third of the time that text takes. */
  readonly long?: true;
}

/** Among a category's spellings: stands for every spelling that no member lists. */
export const ANY_OTHER = '*';

interface ColumnOptions {
  readonly unit?: string;
  readonly required?: boolean;
  readonly aliases?: readonly string[];
  readonly planned?: boolean;
  readonly since?: string;
  readonly range?: readonly [number | null, number | null];
}

function column(type: ColumnType, name: string, description: string, options: ColumnOptions): ColumnDefinition {
  return {
    name,
    type,
    description,
    unit: options.unit ?? null,
    required: options.required ?? false,
    aliases: options.aliases ?? [],
    members: null,
    planned: options.planned ?? false,
    since: options.since ?? null,
    range: options.range ?? null,
  };
}

export function text(name: string, description: string, options: ColumnOptions = {}): ColumnDefinition {
  return column('text', name, description, options);
}

export function timestamp(name: string, description: string, options: ColumnOptions = {}): ColumnDefinition {
  return column('timestamp', name, description, options);
}

export function date(name: string, description: string, options: ColumnOptions = {}): ColumnDefinition {
  return column('date', name, description, options);
}

export function integer(name: string, description: string, options: ColumnOptions = {}): ColumnDefinition {
  return column('integer', name, description, options);
}

export function decimal(name: string, description: string, options: ColumnOptions = {}): ColumnDefinition {
  return column('decimal', name, description, options);
}

export function boolean(name: string, description: string, options: ColumnOptions = {}): ColumnDefinition {
  return column('boolean', name, description, options);
}

/** A column whose values come from a closed list; `members` maps each to other spellings of it. */
export function category(
  name: string,
  description: string,
  members: Readonly<Record<string, readonly string[]>>,
  options: ColumnOptions = {},
): ColumnDefinition {
  return { ...column('category', name, description, options), members };
}

/** An amount of money without tax, in the currency of the row's `currency` column. */
export function money(name: string, description: string, options: ColumnOptions = {}): ColumnDefinition {
  return column('decimal', name, description, { unit: 'currency', ...options });
}

export const SEGMENT_MEMBERS = {
  residential: ['res', 'home', 'household', 'consumer', 'b2c', 'individual'],
  commercial: ['com', 'business', 'smb', 'b2b', 'small commercial', 'small-commercial'],
  fleet: ['fleets'],
  unknown: [],
} as const;

const REGION_ALIASES = ['territory', 'service territory', 'region__c', 'area'];

/** The columns any record may carry to say where it belongs; what it leaves open comes from its links. */
export const CASE_DIMENSIONS: readonly ColumnDefinition[] = [
  text('stream_id', 'Value stream the row belongs to, for example NCV-01', {
    aliases: ['stream', 'value stream', 'value_stream_id', 'value_stream__c'],
  }),
  category('segment', 'Customer segment', SEGMENT_MEMBERS, { aliases: ['customer segment', 'customer type', 'segment__c'] }),
  text('region', 'Sales or service region', { aliases: REGION_ALIASES }),
  text('product', 'Product or bundle sold', { aliases: ['product name', 'product family', 'bundle', 'product__c'] }),
  text('channel', 'Channel that brought the customer', {
    aliases: ['lead source', 'leadsource', 'source channel', 'channel__c'],
  }),
  text('crew_id', 'Crew or technician team', { aliases: ['crew', 'installer crew', 'installer_crew', 'team', 'crew__c'] }),
];

/** A table whose rows belong to a value stream: its own columns, then {@link CASE_DIMENSIONS} where it has none of that name. */
export function factTable(definition: TableDefinition): TableDefinition {
  return withDimensions(definition, CASE_DIMENSIONS);
}

/** A {@link factTable} of records with an address: in these `State` is a part of the country, elsewhere how far a record is. */
export function addressTable(definition: TableDefinition): TableDefinition {
  const aliases = [...REGION_ALIASES, 'state', 'state/region', 'state/province'];
  return withDimensions(
    definition,
    CASE_DIMENSIONS.map((each) => (each.name === 'region' ? { ...each, aliases } : each)),
  );
}

function withDimensions(definition: TableDefinition, dimensions: readonly ColumnDefinition[]): TableDefinition {
  const own = new Set(definition.columns.map((each) => each.name));
  return { ...definition, columns: [...definition.columns, ...dimensions.filter((each) => !own.has(each.name))] };
}

export { listBatches, listRejects } from './batches.ts';
export { findOrphans, type OrphanCount } from './checking/orphans.ts';
export { type BatchChanges, type ImportContext, importFiles } from './import-files.ts';
export { type ReadOptions, type ReadTable, readTable } from './reading/read-table.ts';
export { rejectTables } from './rejects/reject-tables.ts';
export { undoBatch } from './undo.ts';

export { listBatches, listRejects } from './batches.ts';
export { findOrphans, type OrphanCount } from './checking/orphans.ts';
export { type BatchChanges, type ImportContext, importFiles } from './import-files.ts';
export { BUILT_IN_PROFILES, profileNamed, profilesAt } from './profiles/find-profile.ts';
export type { SourceProfile } from './profiles/source-profile.ts';
export { type ReadOptions, type ReadTable, readTable } from './reading/read-table.ts';
export { rejectTables } from './rejects/reject-tables.ts';
export { undoBatch } from './undo.ts';
export { dropWorkingTables } from './working-tables.ts';

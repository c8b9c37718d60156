import { z } from 'zod';
import { fileChoicesSchema } from './file-choices.ts';

/** A profile to be made of what is in force for a file. */
export const profileDraftSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  /** The profile that the file was read with; what it says of other tables stays. */
  basedOn: z.string().nullable(),
  table: z.string(),
  /** The columns of the file, in order, with what they fill. */
  columns: z.array(z.strictObject({ header: z.string(), column: z.string().nullable() })).min(1),
  choices: fileChoicesSchema,
  /** True where a profile of that name is to be replaced. */
  replace: z.boolean().default(false),
});
export type ProfileDraft = z.infer<typeof profileDraftSchema>;

/** A profile file that someone shared, to be taken into the workspace. */
export const profileFileSchema = z.strictObject({ file: z.string().min(1), replace: z.boolean().default(false) });

/** A profile that was saved. */
export interface SavedProfile {
  readonly name: string;
  /** Where it lies. */
  readonly path: string;
}

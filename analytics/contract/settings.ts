import { z } from 'zod';
import { metricIdSchema } from './ids.ts';
import { targetSchema } from './metric-definition.ts';
import { daySchema } from './period.ts';
import { isTimeZone } from './time-zone.ts';
import { watchSettingSchema } from './watch.ts';

const timeZoneSchema = z.string().refine(isTimeZone, 'Use an IANA time zone such as Europe/Berlin or UTC.');
const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'A time of day looks like 09:00.');

/** A support calendar: the weekdays (1 Monday to 7 Sunday) and hours in which its clock runs. */
export const calendarSchema = z
  .strictObject({
    timeZone: timeZoneSchema.optional(),
    weekdays: z.array(z.number().int().min(1).max(7)).min(1),
    opens: clockSchema,
    closes: clockSchema,
    holidays: z.array(daySchema).default([]),
  })
  .refine(({ opens, closes }) => opens < closes, 'A calendar closes later on the same day than it opens; 24:00 is midnight.');
export type Calendar = z.infer<typeof calendarSchema>;

export const UPTIME_PROFILES = ['connected', 'faultFree', 'nevi'] as const;
export type UptimeProfile = (typeof UPTIME_PROFILES)[number];

/** How charger uptime is counted (23 CFR 680.116 and its variants). */
export const uptimeSchema = z.strictObject({
  /** `connected`: only out of contact is down. `faultFree`: only faulted or unavailable is down. `nevi`: both, less excusable causes. */
  profile: z.enum(UPTIME_PROFILES).default('nevi'),
  heartbeatMinutes: z.number().positive().default(15),
  /** Out of contact from the last message on, where a gap exceeds max(2 × heartbeat, this). */
  offlineAfterMinutes: z.number().positive().default(15),
  /** Fleet-wide silence of at least this long is the collector's, not the chargers'. */
  collectorSilenceMinutes: z.number().positive().default(360),
  targetShare: z.number().min(0).max(1).default(0.97),
});
export type UptimeSettings = z.infer<typeof uptimeSchema>;

/** The rules the metrics leave to the product owner, each with the default of the field. */
export const rulesSchema = z.strictObject({
  leadDuplicateDays: z.number().int().min(0).default(90),
  leadAcceptanceDays: z.number().int().positive().default(30),
  attributionMonths: z.number().int().positive().default(6),
  quoteTolerance: z.number().positive().max(1).default(0.1),
  quoteValidityDays: z.number().int().positive().default(60),
  repeatVisitDays: z.number().int().positive().default(30),
  /** Whether travel counts as productive time of a technician. */
  travelIsProductive: z.boolean().default(false),
  activationDays: z.number().int().positive().default(14),
  onboardingDays: z.number().int().positive().default(30),
  reworkDays: z.number().int().positive().default(30),
  surveyDays: z.number().int().positive().default(30),
  leadConversionDays: z.number().int().positive().default(60),
  leadConversionDaysFleet: z.number().int().positive().default(120),
  /** Whether waiting for a vendor stops the support clock; waiting for the customer always does. */
  vendorHoldPauses: z.boolean().default(false),
  /** Terms of one customer no further apart than this are one unbroken relation. */
  renewalGapDays: z.number().int().min(0).default(30),
  staleOpportunityDays: z.number().int().positive().default(180),
  staleOpportunityIsLost: z.boolean().default(false),
  longestVisitMinutes: z.number().positive().default(900),
});
export type Rules = z.infer<typeof rulesSchema>;
export type RuleName = keyof Rules;

/** The content of `weir.json`. Every field has a default, so `{}` is a valid file. */
export const settingsSchema = z.strictObject({
  format: z.literal(1).default(1),
  /** The business time zone: whose days and months count, and in which times without a zone are read. */
  timeZone: timeZoneSchema.default('UTC'),
  /** Regions whose business days follow another zone. */
  regionTimeZones: z.record(z.string(), timeZoneSchema).default({}),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'A currency is a code such as EUR or USD.')
    .default('USD'),
  /** Units of `currency` that one unit of another currency is worth, by month: `{"EUR": {"2026-10": 1.08}}`. */
  exchangeRates: z.record(z.string(), z.record(z.string(), z.number().positive())).default({}),
  /** First month of the fiscal year, 1 to 12; quarters and years follow it. */
  fiscalYearStart: z.number().int().min(1).max(12).default(1),
  /** Where records that name no value stream count: `every` stream, `none`, or one stream's id. */
  unassignedStream: z.string().default('every'),
  rules: rulesSchema.prefault({}),
  uptime: uptimeSchema.prefault({}),
  calendars: z
    .record(z.string(), calendarSchema)
    .default({
      default: { weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '17:00', holidays: [] },
      always: { weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00', holidays: [] },
    })
    .refine((calendars) => 'default' in calendars, 'There must be a calendar called default.'),
  /** Targets that replace those of the metric files. */
  targets: z.array(z.intersection(z.object({ metric: metricIdSchema }), targetSchema)).default([]),
  /** Folders whose files are imported as they appear. */
  watch: z
    .array(watchSettingSchema)
    .default([])
    .refine((all) => new Set(all.map((each) => each.folder)).size === all.length, 'Each folder may be watched once.'),
});
export type Settings = z.infer<typeof settingsSchema>;

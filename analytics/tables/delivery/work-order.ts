import { category, factTable, integer, text, timestamp } from '../definition.ts';

export const workOrder = factTable({
  name: 'work_order',
  title: 'Work orders',
  grain: 'one installation, repair, rework or maintenance job',
  key: ['wo_id'],
  happensAt: 'created_at',
  links: [{ column: 'case_id', table: 'journey_case' }],
  columns: [
    text('wo_id', 'Work order number', {
      required: true,
      aliases: ['workordernumber', 'work order', 'work order id', 'work_order_id', 'msdyn_name', 'number'],
    }),
    text('case_id', 'Journey it belongs to', { aliases: ['case', 'journey id', 'case__c'] }),
    text('asset_id', 'Charger or device worked on', { aliases: ['assetid', 'asset', 'customer asset'] }),
    text('site_id', 'Site worked at', { aliases: ['site', 'service account', 'msdyn_serviceaccount', 'location'] }),
    category(
      'kind',
      'Kind of job',
      {
        install: ['installation', 'new install'],
        repair: ['fix', 'break fix', 'service'],
        rework: ['re-work', 'callback'],
        maintenance: ['pm', 'preventive maintenance', 'planned maintenance'],
      },
      { aliases: ['work type', 'worktypeid', 'work order type', 'msdyn_workordertype', 'type'] },
    ),
    timestamp('created_at', 'When the order was raised: for an installation, the sales order', {
      required: true,
      aliases: ['createddate', 'created on', 'createdon', 'created date', 'opened at'],
    }),
    timestamp('permit_submitted_at', 'When the permit was asked for', { aliases: ['permit submitted'] }),
    timestamp('permit_approved_at', 'When the permit was given', { aliases: ['permit approved'] }),
    timestamp('upgrade_done_at', 'When the electrical service upgrade was done', { aliases: ['service upgrade done'] }),
    timestamp('completed_at', 'When the work was complete', {
      since: 'created_at',
      aliases: ['enddate', 'msdyn_completedon', 'completed on', 'completed', 'work_end', 'end date'],
    }),
    category(
      'inspection_first_result',
      'Result of the first inspection',
      { pass: ['passed', 'ok'], fail: ['failed', 'not passed'], no_show: ['inspector no show', 'no-show'] },
      { aliases: ['first inspection result', 'inspection result'] },
    ),
    timestamp('inspected_at', 'When the inspection was passed', { aliases: ['inspection date', 'inspected on'] }),
    integer('device_count', 'Devices or chargers to install', {
      aliases: ['devices', 'devices_installed', 'device count'],
      range: [0, 10000],
    }),
    integer('planned_visits', 'Visits planned from the start', {
      aliases: ['planned visits', 'visits planned'],
      range: [0, 1000],
    }),
    text('defect_cause', 'Cause of a rework or repair', { aliases: ['cause', 'cause code', 'cause_code'] }),
  ],
  checks: [
    {
      code: 'outcome-before-start',
      sql: 'completed_at IS NULL OR completed_at >= created_at',
      message: 'The job is complete before it was raised; it is left out of durations.',
    },
  ],
});

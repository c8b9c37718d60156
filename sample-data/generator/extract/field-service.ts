import type { World } from '../records.ts';
import { byTime } from './crm.ts';
import { longInstant as at, day, type Extract, extractOf, instant } from './csv.ts';

const system = 'Field service';
const KIND = { install: 'Installation', repair: 'Break Fix', rework: 'Callback', maintenance: 'Preventive Maintenance' } as const;
const VISIT = {
  completed: 'Completed',
  incomplete: 'Cannot Complete',
  no_access: 'No Access',
  cancelled: 'Canceled',
  scheduled: 'Scheduled',
} as const;
const INJURY = {
  near_miss: 'Near miss',
  first_aid: 'First aid',
  recordable: 'Other recordable',
  restricted: 'Restricted work',
  days_away: 'Days away',
} as const;

/** Work orders, appointments, technician days, activation steps and incidents. */
export function fieldServiceExtracts({ workOrders, visits, technicianDays, steps, incidents }: World): Extract[] {
  return [
    extractOf(
      { file: 'fsl_work_order.csv.gz', table: 'work_order', system },
      byTime(workOrders, (row) => row.createdAt),
      [
        ['WorkOrderNumber', (row) => row.id],
        ['Case__c', (row) => row.caseId],
        ['AssetId', (row) => row.asset],
        ['Site', (row) => row.site],
        ['WorkType', (row) => KIND[row.kind]],
        ['ServiceTerritory', (row) => row.region],
        ['CreatedDate', (row) => at(row.createdAt)],
        ['PermitSubmitted', (row) => at(row.permitSubmittedAt)],
        ['PermitApproved', (row) => at(row.permitApprovedAt)],
        ['ServiceUpgradeDone', (row) => at(row.upgradeDoneAt)],
        ['EndDate', (row) => at(row.completedAt)],
        ['FirstInspectionResult', (row) => row.firstInspection],
        ['InspectionDate', (row) => at(row.inspectedAt)],
        ['DeviceCount', (row) => row.deviceCount],
        ['PlannedVisits', (row) => row.plannedVisits],
        ['DefectCause', (row) => row.defectCause],
      ],
    ),
    extractOf(
      { file: 'fsl_service_appointment.csv.gz', table: 'visit', system },
      byTime(visits, (row) => row.firstStart),
      [
        ['AppointmentNumber', (row) => row.id],
        ['ParentRecordId', (row) => row.workOrder],
        ['VisitNumber', (row) => row.number],
        ['Status', (row) => VISIT[row.outcome]],
        ['First_Sched_Start__c', (row) => at(row.firstStart)],
        ['SchedStartTime', (row) => at(row.scheduledStart)],
        ['SchedEndTime', (row) => at(row.scheduledEnd)],
        ['ArrivalWindowStartTime', (row) => at(row.windowStart)],
        ['ArrivalWindowEndTime', (row) => at(row.windowEnd)],
        ['ActualStartTime', (row) => at(row.actualStart)],
        ['ActualEndTime', (row) => at(row.actualEnd)],
        ['Pause_Min__c', (row) => row.pauseMinutes],
        ['Crew__c', (row) => row.crew],
        ['Crew_Size__c', (row) => row.crewSize],
        ['Resched_Count__c', (row) => row.moves],
        ['Resched_Reason__c', (row) => row.moveReason],
        ['Cause_Code__c', (row) => row.cause],
        ['PlannedMulti', (row) => row.plannedMulti],
      ],
    ),
    extractOf(
      { file: 'fsl_technician_day.csv.gz', table: 'resource_day', system },
      byTime(technicianDays, (row) => row.day),
      [
        ['Technician', (row) => row.technician],
        ['WorkDate', (row) => day(row.day)],
        ['ValueStream', (row) => row.stream],
        ['Crew', (row) => row.crew],
        ['Territory', (row) => row.region],
        ['Employer', (row) => row.employer],
        ['AvailableHours', (row) => row.available],
        ['WorkHours', (row) => row.work],
        ['TravelHours', (row) => row.travel],
        ['OvertimeHours', (row) => row.overtime],
        ['HoursWorked', (row) => row.worked],
      ],
    ),
    extractOf(
      { file: 'fsl_activation_step.csv.gz', table: 'activation_step', system },
      byTime(steps, (row) => row.doneAt ?? 0),
      [
        ['journey_id', (row) => row.caseId],
        ['asset_id', (row) => row.asset],
        ['step', (row) => row.step],
        ['attempt', (row) => row.attempt],
        ['required', (row) => row.required],
        ['result', (row) => row.result],
        ['failure_code', (row) => row.failCode],
        ['done_at', (row) => instant(row.doneAt)],
      ],
    ),
    extractOf({ file: 'safety_incident.csv', table: 'safety_incident', system: 'Safety log' }, incidents, [
      ['incident_id', (row) => row.id],
      ['occurred_at', (row) => instant(row.at)],
      ['classification', (row) => INJURY[row.severity]],
      ['days_away', (row) => row.daysAway],
      ['work_order', (row) => row.workOrder],
      ['crew', (row) => row.crew],
      ['region', (row) => row.region],
      ['value_stream', (row) => row.stream],
    ]),
  ];
}

/** A small stage document without a flaw; tests spoil it in one place each. */
export const SOUND = `# HR-VS-7: Hiring of People - Stages

**Document Version:** 2.3
**Date:** 2026-02-28
**Triggering Stakeholder:** Hiring Manager
**Receiving Stakeholder:** New Colleague
**Value Proposition:** The right person at work soon.

## 1. Value Stream Context

**Value Stream ID:** HR-VS-7
**Name:** Hiring of People
**Description:** From a vacancy to a colleague at work.

**Entry Criteria:**
- A vacancy has a budget.
- The manager asks for help.

**Exit Criteria:**
- The colleague is at work.

## 2. Stages

| Stage ID | Stage Name | Description | Enabling Capabilities | Expected Inputs | Expected Outputs | Key Metrics |
|---|---|---|---|---|---|---|
| HR-VS-7.1 | Search | Find people. | * 3.1 Advertising | Vacancy | Applications | Applicant volume |
| | | | * 3.2 Job Boards | | | |
| HR-VS-7.2 | Interviews | Meet them. | * 3.3 Interviewing | Applications | Chosen candidate | Hit ratio, Days to choice |
| HR-VS-7.3 | Signature | Agree on terms. | * CAP-3 Legal Advice | Chosen candidate | Signed contract | Refusals |

## 3. Dependencies

- Desks come from **FM-02 Workplace Provision**.

## Document Control

**Reviewers:** HR Leadership, Works Council (central, local)
**Next Review:** Every spring
`;

/** The sound document with `from` replaced once; fails where it is not in it, so that no case tests nothing. */
export function spoiled(from: string, to: string, document: string = SOUND): string {
  if (!document.includes(from)) throw new Error(`The document has no "${from}"`);
  return document.replace(from, () => to);
}

/** The 1-based line of the first line that holds `marker`. */
export function lineHolding(marker: string, document: string): number {
  const index = document.split('\n').findIndex((line) => line.includes(marker));
  if (index === -1) throw new Error(`No line holds "${marker}"`);
  return index + 1;
}

import { FIRST_DAY, firstDayOf, LAST_DAY, lastDayOf, monthOf } from '../clock.ts';
import type { Setting } from '../journey.ts';
import { CAMPAIGNS, REGION_WEIGHTS, type Stream } from '../places.ts';

/** What each campaign cost in each month and region, booked for the month in which it ran. */
export function spendOnCampaigns({ random, ids, world, scale }: Setting): void {
  const leads = new Map<string, number>();
  for (const lead of world.leads) {
    if (lead.campaign === null) continue;
    const key = `${lead.campaign}|${monthOf(Math.floor(lead.createdAt / 86_400_000))}`;
    leads.set(key, (leads.get(key) ?? 0) + 1);
  }
  for (const stream of ['NCV-01', 'NCV-02'] as const satisfies readonly Stream[]) {
    for (let month = monthOf(FIRST_DAY); month <= monthOf(LAST_DAY); month++) {
      for (const campaign of CAMPAIGNS[stream]) {
        const brought = Math.max(leads.get(`${campaign.id}|${month}`) ?? 0, 2 * scale);
        for (const [region, weight] of REGION_WEIGHTS) {
          const amount = campaign.costPerLead * brought * (weight / 100) * random.skewed(1, 0.18);
          world.spend.push({
            id: ids.next('MS-', 5),
            stream,
            firstDay: firstDayOf(month),
            lastDay: lastDayOf(month),
            campaign: campaign.id,
            channel: campaign.channel,
            segment: campaign.segment,
            region,
            amount: Math.round(amount * 100) / 100,
          });
        }
      }
    }
  }
}

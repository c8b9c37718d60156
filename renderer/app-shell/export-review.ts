import { notifications } from '@mantine/notifications';
import { ask, shell } from '../engine/ask.ts';
import { lastCompleteMonth } from '../place/period-span.ts';

/** Makes the review page of the last complete month and lets the user choose where to keep it. */
export async function exportReview(): Promise<void> {
  try {
    const { asOf } = await ask('workspace.describe', {}, 'review');
    if (asOf === null) return tell('There is nothing to review yet', 'Import extracts first.');
    const month = lastCompleteMonth(asOf);
    const page = await ask('review.html', { month }, 'review');
    const path = await shell().saveFile(`review-${month}.html`, page, 'html');
    if (path !== null) tell('Review saved', path);
  } catch (error) {
    tell('The review could not be made', error instanceof Error ? error.message : String(error), 'red');
  }
}

function tell(title: string, message: string, color = 'weir'): void {
  notifications.show({ title, message, color });
}

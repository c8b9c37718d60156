import { boolean, category, factTable, integer, text, timestamp } from '../definition.ts';

export const activationStep = factTable({
  name: 'activation_step',
  title: 'Activation steps',
  grain: 'one attempt at one step for one device, charger or customer',
  key: ['case_id', 'asset_id', 'step', 'attempt_no'],
  // A step is required of a customer before it is done: only the time of doing is unknown until then.
  happensAt: null,
  links: [
    { column: 'case_id', table: 'journey_case' },
    { column: 'asset_id', table: 'asset' },
  ],
  columns: [
    text('asset_id', 'Device or charger', { aliases: ['asset', 'charger id', 'device id'] }),
    text('case_id', 'Journey', { aliases: ['case', 'journey id'] }),
    category(
      'step',
      'Which step',
      {
        commission: ['commissioning', 'commissioning test'],
        network_active: ['network', 'network activation'],
        platform_active: ['platform', 'platform activation'],
        account: ['account created'],
        app: ['app installed', 'portal'],
        payment: ['payment method', 'roster'],
        training: ['trained'],
        docs: ['documentation'],
      },
      { required: true, aliases: ['step name', 'task'] },
    ),
    integer('attempt_no', 'First, second, … attempt', { aliases: ['attempt'], range: [1, null] }),
    boolean('required', 'Whether the step is required of this customer', { aliases: ['is required', 'mandatory'] }),
    category(
      'result',
      'How it went',
      {
        pass: ['passed', 'ok', 'done', 'success', 'completed', 'complete'],
        fail: ['failed', 'error'],
        skipped: ['waived', 'not needed'],
        invited: ['sent', 'pending', 'open'],
      },
      { aliases: ['status', 'outcome'] },
    ),
    text('fail_code', 'Why it failed', { aliases: ['failure code', 'error code'] }),
    timestamp('done_at', 'When the attempt was made', { aliases: ['done', 'completed at', 'attempted at', 'date'] }),
  ],
  checks: [],
});

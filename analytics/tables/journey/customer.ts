import { addressTable, text, timestamp } from '../definition.ts';

export const customer = addressTable({
  name: 'customer',
  title: 'Customers',
  grain: 'one customer account',
  key: ['customer_id'],
  happensAt: 'created_at',
  links: [],
  columns: [
    text('customer_id', 'Account id', { required: true, aliases: ['account id', 'accountid', 'account number'] }),
    text('tz', 'IANA time zone of the customer', { aliases: ['time zone', 'timezone'] }),
    text('postcode_area', 'First part of the postal code', { aliases: ['postcode', 'zip', 'postal code'] }),
    timestamp('created_at', 'When the account was made', { aliases: ['createddate', 'created date', 'created on'] }),
  ],
  checks: [],
});

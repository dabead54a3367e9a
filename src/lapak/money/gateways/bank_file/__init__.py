"""A file for a bank's bulk transfer: payouts only, and a person says how each ended."""

from lapak.money.gateways.bank_file.disbursements import BankFileDisbursements
from lapak.money.gateways.contract import Gateway

GATEWAY = Gateway(name="bank_file", title="Bank file (CSV)", disbursements=BankFileDisbursements())
